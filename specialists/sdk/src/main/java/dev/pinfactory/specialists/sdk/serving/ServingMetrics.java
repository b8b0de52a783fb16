package dev.pinfactory.specialists.sdk.serving;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.function.IntSupplier;

/** The meters of one version of one specialist. */
final class ServingMetrics implements AutoCloseable {
    private static final String CALLS = "pinfactory.specialist.calls";
    private static final String BATCH_SIZE = "pinfactory.specialist.batch.size";
    private static final String QUEUE = "pinfactory.specialist.queue";
    private static final String CPU = "pinfactory.specialist.cpu.seconds";

    private final MeterRegistry registry;
    private final Tags tags;
    private final DistributionSummary batchSize;
    private final DistributionSummary cpuSeconds;

    ServingMetrics(MeterRegistry registry, String specialist, String version) {
        this.registry = registry;
        this.tags = Tags.of("specialist", specialist, "version", version);
        this.batchSize = DistributionSummary.builder(BATCH_SIZE)
                .description("Items that ran together")
                .tags(tags)
                .register(registry);
        this.cpuSeconds = DistributionSummary.builder(CPU)
                .description("Processor seconds of one call")
                .tags(tags)
                .register(registry);
    }

    void watchQueue(IntSupplier queued) {
        Gauge.builder(QUEUE, queued, IntSupplier::getAsInt)
                .description("Calls that wait for a worker")
                .tags(tags)
                .strongReference(true)
                .register(registry);
    }

    void batch(int size) {
        batchSize.record(size);
    }

    /** @param outcome {@code answered}, {@code abstained} or the code of an error, so that the tag stays bounded */
    void call(String outcome, Duration took, double cpu) {
        Timer.builder(CALLS)
                .description("Calls by outcome")
                .tags(tags.and("outcome", outcome))
                .publishPercentileHistogram()
                .register(registry)
                .record(took);
        cpuSeconds.record(cpu);
    }

    /** A replaced version's queue would else be reported for ever. */
    @Override
    public void close() {
        Meter queue = registry.find(QUEUE).tags(tags).meter();
        if (queue != null) {
            registry.remove(queue);
        }
    }
}
