package dev.pinfactory.orchestrator.service.outcome;

import dev.pinfactory.proto.v1.RegistryServiceGrpc;
import dev.pinfactory.proto.v1.ReportOutcomesRequest;
import dev.pinfactory.proto.v1.VersionCounters;
import dev.pinfactory.registry.client.Channels;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the registry what became of the calls of each version. A report that was not acknowledged is sent again as it was, and counted once; what happens meanwhile
 * waits for the next one, so that nothing grows while the registry is away. One thread calls it at a time.
 */
public final class OutcomeReporter {
    private static final Logger LOG = LoggerFactory.getLogger(OutcomeReporter.class);
    private static final Duration DEADLINE = Duration.ofSeconds(2);
    /** They will not be answered otherwise the next time. */
    private static final Set<Status.Code> FINAL =
            Set.of(Status.Code.INVALID_ARGUMENT, Status.Code.UNIMPLEMENTED, Status.Code.PERMISSION_DENIED);

    private final VersionOutcomes outcomes;
    private final Channels channels;
    private final String registry;
    private final String reporter = UUID.randomUUID().toString();
    private Optional<ReportOutcomesRequest> unacknowledged = Optional.empty();
    private long sequence;
    /** Why reports were refused for good since one was taken: each is said once, not each second. */
    private final Set<Status.Code> refused = EnumSet.noneOf(Status.Code.class);

    /** @param registry its address */
    public OutcomeReporter(VersionOutcomes outcomes, Channels channels, String registry) {
        this.outcomes = outcomes;
        this.channels = channels;
        this.registry = registry;
    }

    /** Sends what there is; fails never. */
    public synchronized void report() {
        if (unacknowledged.isEmpty()) {
            unacknowledged = next();
        }
        unacknowledged.ifPresent(this::send);
    }

    private Optional<ReportOutcomesRequest> next() {
        List<VersionCounters> taken = outcomes.take();
        if (taken.isEmpty()) {
            return Optional.empty();
        }
        sequence++;
        return Optional.of(ReportOutcomesRequest.newBuilder()
                .setReporter(reporter)
                .setSequence(sequence)
                .addAllOutcomes(taken)
                .build());
    }

    private void send(ReportOutcomesRequest report) {
        try {
            RegistryServiceGrpc.newBlockingStub(channels.channel(registry))
                    .withDeadlineAfter(DEADLINE.toMillis(), TimeUnit.MILLISECONDS)
                    .reportOutcomes(report);
            unacknowledged = Optional.empty();
            refused.clear();
        } catch (StatusRuntimeException e) {
            Status.Code code = e.getStatus().getCode();
            if (FINAL.contains(code)) {
                if (refused.add(code)) {
                    LOG.warn("the registry does not take what became of the calls of versions: {}", e.getMessage());
                }
                unacknowledged = Optional.empty();
            } else {
                LOG.debug("what became of the calls of versions is reported later: {}", e.getMessage());
            }
        }
    }
}
