package dev.pinfactory.specialists.host;

import dev.pinfactory.specialists.sdk.autoconfigure.SpecialistApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Import;

/** A process that serves every specialist on its class path, or those that {@code pinfactory.host.specialists} names. */
@SpringBootConfiguration(proxyBeanMethods = false)
// By name, because whether they are there depends on what else is on the class path in one-process mode.
@EnableAutoConfiguration(
        excludeName = {
            "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
            "org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration",
            "org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration",
            "org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration",
            "org.springframework.boot.grpc.server.autoconfigure.security.GrpcServerSecurityAutoConfiguration",
            "org.springframework.boot.grpc.server.autoconfigure.security.GrpcServerOAuth2ResourceServerAutoConfiguration",
            "org.springframework.boot.security.autoconfigure.SecurityAutoConfiguration",
            "org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration"
        })
@Import(HostConfiguration.class)
public class HostApplication {
    public static void main(String[] arguments) {
        builder().run(arguments);
    }

    public static SpringApplicationBuilder builder() {
        return SpecialistApplication.builder(HostApplication.class).properties("spring.config.name=pinfactory-host");
    }
}
