package dev.pinfactory.router.service;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The settings {@code pinfactory.router.*}.
 *
 * @param registryAddress where the registry is, {@code host:port} or {@code inprocess:name}
 * @param minPlanConfidence plans below it are escalated or refused, unless the caller says otherwise
 * @param maxConcurrentPlans how many plans are made at a time; further calls are refused with a wait
 * @param maxConcurrentTrials how many cards are tried at a time; further calls are refused with a wait
 * @param planningTime what one plan may take at most; the call's own deadline holds besides
 * @param maxCachedPlans how many plans are remembered
 * @param models folder that {@code ./pin fit router --out} wrote, fitted anew at any time; without it the shipped router plans
 * @param lookForModels how often that folder is looked at
 * @param trustedNetwork whether the network itself keeps strangers away, so that an address other than loopback needs no certificates
 */
@Validated
@ConfigurationProperties("pinfactory.router")
public record RouterProperties(
        @DefaultValue("localhost:9101") @NotBlank String registryAddress,

        @DefaultValue("0.2") @DecimalMin("0") @DecimalMax("1")
        double minPlanConfidence,

        @DefaultValue("16") @Min(1) @Max(1_000) int maxConcurrentPlans,
        @DefaultValue("2") @Min(1) @Max(100) int maxConcurrentTrials,
        @DefaultValue("5s") Duration planningTime,
        @DefaultValue("1000") @Min(1) @Max(100_000) int maxCachedPlans,
        @Nullable Path models,
        @DefaultValue("5s") Duration lookForModels,
        @DefaultValue("false") boolean trustedNetwork) {

    public RouterProperties {
        if (!planningTime.isPositive()) {
            throw new IllegalArgumentException(
                    "pinfactory.router.planning-time is " + planningTime + ", expected above 0");
        }
        if (lookForModels.toMillis() < 1) {
            throw new IllegalArgumentException(
                    "pinfactory.router.look-for-models is " + lookForModels + ", expected at least a millisecond");
        }
    }
}
