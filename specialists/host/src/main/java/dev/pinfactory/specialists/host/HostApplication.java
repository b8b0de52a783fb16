package dev.pinfactory.specialists.host;

import dev.pinfactory.specialists.sdk.autoconfigure.SpecialistApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Import;

/** A process that serves every specialist on its class path, or those that {@code pinfactory.host.specialists} names. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(HostConfiguration.class)
public class HostApplication {
    public static void main(String[] arguments) {
        builder().run(arguments);
    }

    public static SpringApplicationBuilder builder() {
        return SpecialistApplication.builder(HostApplication.class)
                .properties("spring.config.name=pinfactory-host", "spring.application.name=pinfactory-host");
    }
}
