package dev.pinfactory.specialists.adapters;

import dev.pinfactory.specialists.sdk.serving.DefinitionSource;
import io.grpc.protobuf.services.HealthStatusManager;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Reads the folders and watches their servers. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AdaptersProperties.class)
class AdaptersConfiguration {
    @Bean
    Adapters adapters(AdaptersProperties properties, Environment environment, SslBundles bundles) {
        return Adapters.read(properties.directory(), environment, bundles);
    }

    @Bean
    DefinitionSource adapterDefinitions(Adapters adapters) {
        return adapters::definitions;
    }

    @Bean
    ReadinessWatch readinessWatch(Adapters adapters, HealthStatusManager health, AdaptersProperties properties) {
        return new ReadinessWatch(adapters, health, properties.readinessInterval());
    }
}
