package dev.pinfactory.specialists.sdk.autoconfigure;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of a process that serves specialists, under {@code pinfactory.host}.
 *
 * @param specialists ids to serve; empty serves all that are on the class path
 * @param registryAddress {@code host:port} or {@code inprocess:name}; without it, the swarm running in this directory, else 127.0.0.1:9101
 * @param advertisedAddress where callers reach this process, if that is not the address that it binds
 * @param instance unique name of the process; without it, made from host name and process id
 * @param leaseDuration how long the registry believes in this process without hearing from it
 * @param queueCapacity calls that may wait for one version of one specialist
 * @param workers batches of one version that run at a time; 0 takes the number of processors
 * @param maxBatchSize the most items in a batch
 * @param contentInFlight bytes of content above 256 KiB that calls hold together; a call that does not fit now is refused with SPECIALIST_OVERLOADED
 * @param drainDelay how long calls are still taken after the registry has been told of the end, so that callers learn of it
 * @param followVersions whether versions that the registry moves to shadow, canary or champion are fetched and served
 */
@Validated
@ConfigurationProperties("pinfactory.host")
public record HostProperties(
        @DefaultValue List<String> specialists,
        @Nullable String registryAddress,
        @Nullable String advertisedAddress,
        @Nullable String instance,
        @DefaultValue("true") boolean register,
        @DefaultValue("15s") @NotNull Duration leaseDuration,
        @DefaultValue("256") @Min(1) int queueCapacity,
        @DefaultValue("0") @Min(0) int workers,
        @DefaultValue("32") @Min(1) int maxBatchSize,
        @DefaultValue("128MB") @NotNull DataSize contentInFlight,
        @DefaultValue("500ms") @NotNull Duration drainDelay,
        @DefaultValue("true") boolean followVersions,
        @DefaultValue @Valid Grants grants) {

    /**
     * Grant checks.
     *
     * @param required refuses calls without a valid grant
     * @param publicKeys PEM files of the orchestrator's Ed25519 keys; more than one while keys are exchanged
     */
    public record Grants(
            @DefaultValue("false") boolean required,
            @DefaultValue List<Path> publicKeys) {}

    int effectiveWorkers() {
        return workers > 0 ? workers : Runtime.getRuntime().availableProcessors();
    }
}
