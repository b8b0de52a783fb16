package dev.pinfactory.specialists.adapters;

import java.nio.file.Path;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param directory a folder for each specialist, with {@code card.yaml} and {@code mapping.yaml}
 * @param readinessInterval how often servers are asked whether their models are ready
 */
@ConfigurationProperties("pinfactory.adapters")
record AdaptersProperties(
        @DefaultValue("specialists") Path directory,
        @DefaultValue("5s") Duration readinessInterval) {}
