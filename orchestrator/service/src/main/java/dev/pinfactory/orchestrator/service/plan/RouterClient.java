package dev.pinfactory.orchestrator.service.plan;

import dev.pinfactory.orchestrator.service.trace.Tracing;
import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.error.Errors;
import dev.pinfactory.proto.error.PinfactoryException;
import dev.pinfactory.proto.v1.CardSurroundings;
import dev.pinfactory.proto.v1.PlanChange;
import dev.pinfactory.proto.v1.PlanRequest;
import dev.pinfactory.proto.v1.PlanResponse;
import dev.pinfactory.proto.v1.RouterServiceGrpc;
import dev.pinfactory.proto.v1.TryCardRequest;
import dev.pinfactory.proto.v1.TryCardResponse;
import dev.pinfactory.registry.client.Channels;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** Asks the router. A router that is away is asked again for a while, because a restart of it is no reason to fail a task that has the time. */
public final class RouterClient {
    private static final Duration FIRST_BACKOFF = Duration.ofMillis(100);
    private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(2);

    private final Channels channels;
    private final String address;
    private final Duration timeout;
    private final int maxAttempts;
    private final Tracing tracing;
    private final Clock clock;

    public RouterClient(
            Channels channels, String address, Duration timeout, int maxAttempts, Tracing tracing, Clock clock) {
        this.channels = channels;
        this.address = address;
        this.timeout = timeout;
        this.maxAttempts = maxAttempts;
        this.tracing = tracing;
        this.clock = clock;
    }

    /**
     * A plan or a refusal, neither of them checked.
     *
     * @throws PinfactoryException when the router gave none in time
     * @throws InterruptedException when nobody waits any more
     */
    public PlanResponse plan(PlanRequest request, Instant deadline) throws InterruptedException {
        return retried(() -> send(request, deadline), deadline);
    }

    /** One call of the router. */
    private interface Call<T> {
        T send();
    }

    private <T> T retried(Call<T> call, Instant deadline) throws InterruptedException {
        for (int attempt = 1; ; attempt++) {
            try {
                return call.send();
            } catch (StatusRuntimeException e) {
                PinfactoryException failure = Errors.fromGrpc(e);
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                boolean away = failure.code() == ErrorCode.UNAVAILABLE || failure.code() == ErrorCode.OVERLOADED;
                Duration wait = backoff(attempt, failure);
                if (!away
                        || attempt >= maxAttempts
                        || !clock.instant().plus(wait).isBefore(deadline)) {
                    throw named(failure);
                }
                new CountDownLatch(1).await(wait.toNanos(), TimeUnit.NANOSECONDS);
            }
        }
    }

    private PlanResponse send(PlanRequest request, Instant deadline) {
        Duration left = left(deadline);
        Duration call = left.compareTo(timeout) < 0 ? left : timeout;
        try (Tracing.Span span = tracing.startCall("pinfactory.v1.RouterService/Plan")) {
            return stub(span, call).plan(request);
        }
    }

    /**
     * What a router made of a card.
     *
     * @param changes one for each request, in their order
     */
    public record Tried(CardSurroundings surroundings, List<PlanChange> changes) {
        public Tried {
            changes = List.copyOf(changes);
        }
    }

    /**
     * Has a card tried that takes no traffic.
     *
     * @throws PinfactoryException CARD_INVALID where the router does not take it; another code when there was no answer in time
     * @throws InterruptedException when nobody waits any more
     */
    public Tried tryCard(TryCardRequest request, Instant deadline) throws InterruptedException {
        return retried(() -> sendTrial(request, deadline), deadline);
    }

    private Tried sendTrial(TryCardRequest request, Instant deadline) {
        try (Tracing.Span span = tracing.startCall("pinfactory.v1.RouterService/TryCard")) {
            CardSurroundings surroundings = CardSurroundings.getDefaultInstance();
            List<PlanChange> changes = new ArrayList<>();
            for (Iterator<TryCardResponse> parts = stub(span, left(deadline)).tryCard(request); parts.hasNext(); ) {
                TryCardResponse part = parts.next();
                switch (part.getPartCase()) {
                    case SURROUNDINGS -> surroundings = part.getSurroundings();
                    case CHANGE -> changes.add(part.getChange());
                    // What this orchestrator does not know yet; that nothing is missing is seen at the end.
                    case PART_NOT_SET -> {}
                }
            }
            if (changes.size() != request.getRequestsCount()) {
                throw new PinfactoryException(ErrorCode.INTERNAL, "the router did not answer every request of a trial");
            }
            return new Tried(surroundings, changes);
        }
    }

    private Duration left(Instant deadline) {
        Duration left = Duration.between(clock.instant(), deadline);
        if (!left.isPositive()) {
            throw new PinfactoryException(ErrorCode.DEADLINE_EXCEEDED, "no time is left to plan");
        }
        return left;
    }

    private RouterServiceGrpc.RouterServiceBlockingStub stub(Tracing.Span span, Duration call) {
        Metadata headers = new Metadata();
        span.inject(headers);
        return RouterServiceGrpc.newBlockingStub(channels.channel(address))
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers))
                .withDeadlineAfter(call);
    }

    private static Duration backoff(int attempt, PinfactoryException failure) {
        long most = Math.min(LONGEST_BACKOFF.toNanos(), FIRST_BACKOFF.toNanos() << Math.min(attempt - 1, 20));
        Duration jittered =
                Duration.ofNanos(most / 2 + ThreadLocalRandom.current().nextLong(most / 2 + 1));
        return failure.retryAfter().map(asked -> asked.plus(jittered)).orElse(jittered);
    }

    private static PinfactoryException named(PinfactoryException failure) {
        return switch (failure.code()) {
            case UNAVAILABLE, OVERLOADED ->
                new PinfactoryException(ErrorCode.UNAVAILABLE, "the router is not available", failure);
            case DEADLINE_EXCEEDED ->
                new PinfactoryException(ErrorCode.DEADLINE_EXCEEDED, "the router did not plan in time", failure);
            case INVALID_ARGUMENT, CARD_INVALID -> failure;
            default -> new PinfactoryException(ErrorCode.INTERNAL, "the router failed", failure);
        };
    }
}
