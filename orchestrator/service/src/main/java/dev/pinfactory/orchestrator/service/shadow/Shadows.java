package dev.pinfactory.orchestrator.service.shadow;

import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Durations;
import dev.pinfactory.orchestrator.service.content.PreparedCall;
import dev.pinfactory.orchestrator.service.dispatch.ShadowCall;
import dev.pinfactory.orchestrator.service.outcome.VersionOutcomes;
import dev.pinfactory.orchestrator.service.store.OutboxWriter;
import dev.pinfactory.proto.error.PinfactoryException;
import dev.pinfactory.proto.events.v1.Event;
import dev.pinfactory.proto.events.v1.ShadowCompared;
import dev.pinfactory.proto.v1.CallContext;
import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.proto.v1.Endpoint;
import dev.pinfactory.proto.v1.Entry;
import dev.pinfactory.proto.v1.InferRequest;
import dev.pinfactory.proto.v1.InferResponse;
import dev.pinfactory.proto.v1.StepReport.Outcome;
import dev.pinfactory.proto.v1.VersionEntry;
import dev.pinfactory.registry.client.CatalogSnapshot;
import dev.pinfactory.registry.client.VersionChoice;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls the shadow versions of a specialist with what the version in use was given, after it has answered, and writes down how far they agree. No task waits for it,
 * no breaker hears of it, and where there are more calls than it may make at a time some are left out.
 */
public final class Shadows implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Shadows.class);
    private static final int WRITTEN_AT_ONCE = 100;

    private final Supplier<CatalogSnapshot> catalog;
    private final ShadowCall network;
    private final OutboxWriter outbox;
    private final VersionOutcomes outcomes;
    private final ShadowSettings settings;
    private final Clock clock;
    private final Semaphore places;
    private final ArrayBlockingQueue<Event> compared;
    private final AtomicLong leftOut = new AtomicLong();
    private final Thread writer;
    private volatile boolean closing;

    public Shadows(
            Supplier<CatalogSnapshot> catalog,
            ShadowCall network,
            OutboxWriter outbox,
            VersionOutcomes outcomes,
            ShadowSettings settings,
            Clock clock) {
        this.catalog = catalog;
        this.network = network;
        this.outbox = outbox;
        this.outcomes = outcomes;
        this.settings = settings;
        this.clock = clock;
        this.places = new Semaphore(settings.concurrency());
        this.compared = new ArrayBlockingQueue<>(settings.queue());
        this.writer = Thread.ofVirtual().name("shadow-writer").start(this::write);
    }

    /**
     * Returns at once.
     *
     * @param took how long the version in use took
     */
    public void mirror(PreparedCall call, InferResponse used, Duration took) {
        CatalogSnapshot now = catalog.get();
        InferRequest request = call.request();
        // What is referred to may be gone when the shadow reads it.
        if (!call.content().isEmpty() || closing) {
            return;
        }
        now.find(request.getSpecialist())
                .filter(entry -> entry.getContract().getKind() == Contract.Kind.MODEL)
                .ifPresent(entry -> mirror(now, entry, request, used, took));
    }

    private void mirror(CatalogSnapshot now, Entry entry, InferRequest request, InferResponse used, Duration took) {
        for (VersionEntry shadow : VersionChoice.shadows(entry)) {
            String number = shadow.getVersion().getNumber();
            List<Endpoint> endpoints = now.endpoints(request.getSpecialist(), number);
            if (endpoints.isEmpty() || number.equals(request.getVersion())) {
                continue;
            }
            if (!places.tryAcquire()) {
                leftOut.incrementAndGet();
                continue;
            }
            String address = endpoints
                    .get(ThreadLocalRandom.current().nextInt(endpoints.size()))
                    .getAddress();
            InferRequest mirrored = request.toBuilder().setVersion(number).build();
            Thread.ofVirtual().name("shadow").start(() -> {
                try {
                    compare(address, mirrored, request.getVersion(), used, took);
                } finally {
                    places.release();
                }
            });
        }
    }

    private void compare(String address, InferRequest mirrored, String version, InferResponse used, Duration took) {
        CallContext context = mirrored.getContext();
        ShadowCompared.Builder comparison = ShadowCompared.newBuilder()
                .setTaskId(context.getTaskId())
                .setStep(context.getStep())
                .setSpecialist(mirrored.getSpecialist())
                .setVersion(version)
                .setShadowVersion(mirrored.getVersion())
                .setTook(Durations.fromNanos(took.toNanos()));
        if (context.hasItem()) {
            comparison.setItem(context.getItem());
        }
        long start = System.nanoTime();
        try {
            InferResponse answer =
                    network.call(address, mirrored, clock.instant().plus(settings.timeout()));
            double agreement = Agreement.of(used, answer);
            comparison
                    .setShadowOutcome(answer.hasAbstention() ? Outcome.ABSTAINED : Outcome.SUCCEEDED)
                    .setAgreement(agreement);
            outcomes.compared(mirrored.getSpecialist(), mirrored.getVersion(), agreement == 1, since(start));
        } catch (PinfactoryException failure) {
            comparison.setShadowOutcome(Outcome.FAILED).setCode(failure.code().name());
            outcomes.shadowFailed(mirrored.getSpecialist(), mirrored.getVersion(), since(start));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        comparison.setShadowTook(Durations.fromNanos(since(start).toNanos()));
        if (!compared.offer(event(context.getTenant(), comparison.build()))) {
            leftOut.incrementAndGet();
        }
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    /** The id follows from what is compared: what a resumed task repeats is told once. */
    private Event event(String tenant, ShadowCompared comparison) {
        String about = String.join(
                "/",
                comparison.getTaskId(),
                "shadow",
                comparison.getStep(),
                comparison.hasItem() ? Integer.toString(comparison.getItem()) : "",
                comparison.getSpecialist(),
                comparison.getShadowVersion());
        Instant now = clock.instant();
        return Event.newBuilder()
                .setId(UUID.nameUUIDFromBytes(about.getBytes(StandardCharsets.UTF_8))
                        .toString())
                .setTime(Timestamp.newBuilder().setSeconds(now.getEpochSecond()).setNanos(now.getNano()))
                .setTenant(tenant)
                .setShadowCompared(comparison)
                .build();
    }

    /** Calls and comparisons that were left out, since there were too many. */
    public long leftOut() {
        return leftOut.get();
    }

    private void write() {
        List<Event> some = new ArrayList<>();
        try {
            while (!closing || !compared.isEmpty()) {
                Event first = compared.poll(200, TimeUnit.MILLISECONDS);
                if (first == null) {
                    continue;
                }
                some.add(first);
                compared.drainTo(some, WRITTEN_AT_ONCE - 1);
                write(some);
                some.clear();
            }
        } catch (InterruptedException e) {
            // Nobody interrupts this thread: it may be in the middle of the database's I/O.
            throw new IllegalStateException(e);
        }
    }

    private void write(List<Event> some) {
        try {
            outbox.write(some);
        } catch (RuntimeException e) {
            leftOut.addAndGet(some.size());
            LOG.warn("{} comparisons with shadow versions are lost: {}", some.size(), e.toString());
        }
    }

    /** Writes what waits. */
    @Override
    public void close() throws InterruptedException {
        closing = true;
        if (!writer.join(Duration.ofSeconds(2))) {
            LOG.warn("{} comparisons with shadow versions are lost: the store is too slow", compared.size());
        }
    }
}
