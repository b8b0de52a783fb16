package dev.pinfactory.registry.peers;

import io.netty.handler.ssl.util.KeyManagerFactoryWrapper;
import io.netty.handler.ssl.util.TrustManagerFactoryWrapper;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.ssl.SslBundleRegistrar;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslManagerBundle;
import org.springframework.boot.ssl.SslOptions;
import org.springframework.boot.ssl.SslStoreBundle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.grpc.server.GlobalServerInterceptor;

/** With {@code pinfactory.tls}: channels to other roles, and the gRPC server of a role, over mutual TLS. Without it plain text. */
@AutoConfiguration
public class PeerTlsAutoConfiguration {
    /** What the server's settings call the credentials. */
    static final String BUNDLE = "pinfactory-peers";

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnProperty("pinfactory.tls.certificate")
    @EnableConfigurationProperties(PeerTlsProperties.class)
    static class Tls {
        @Bean
        PeerTls peerTls(PeerTlsProperties properties) {
            return new PeerTls(
                    properties.certificate(),
                    properties.privateKey(),
                    properties.authorities(),
                    properties.trustDomain(),
                    properties.reload());
        }
    }

    /** For roles whose callers are other roles. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnProperty(name = "spring.grpc.server.ssl.bundle", havingValue = BUNDLE)
    static class Server {
        @Bean
        SslBundleRegistrar peerBundle(PeerTls tls) {
            SslManagerBundle managers = SslManagerBundle.of(
                    new KeyManagerFactoryWrapper(tls.keyManager()), new TrustManagerFactoryWrapper(tls.trustManager()));
            SslBundle bundle =
                    SslBundle.of(SslStoreBundle.NONE, null, SslOptions.NONE, SslBundle.DEFAULT_PROTOCOL, managers);
            return registry -> registry.registerBundle(BUNDLE, bundle);
        }

        @Bean
        @GlobalServerInterceptor
        @Order(Ordered.HIGHEST_PRECEDENCE)
        PeerInterceptor peerInterceptor(PeerTls tls) {
            return new PeerInterceptor(tls);
        }
    }
}
