package dev.pinfactory.specialists.adapters;

import dev.pinfactory.specialists.sdk.autoconfigure.SpecialistApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Import;

/** A process that serves a specialist for each folder in {@code pinfactory.adapters.directory}. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(AdaptersConfiguration.class)
public class AdaptersApplication {
    public static void main(String[] arguments) {
        builder().run(arguments);
    }

    public static SpringApplicationBuilder builder() {
        return SpecialistApplication.builder(AdaptersApplication.class)
                .properties("spring.application.name=pinfactory-adapters");
    }
}
