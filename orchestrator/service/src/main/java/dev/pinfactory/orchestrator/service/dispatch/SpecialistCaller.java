package dev.pinfactory.orchestrator.service.dispatch;

import dev.pinfactory.orchestrator.service.content.PreparedCall;
import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.error.PinfactoryException;
import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.proto.v1.Endpoint;
import dev.pinfactory.proto.v1.InferRequest;
import dev.pinfactory.proto.v1.InferResponse;
import dev.pinfactory.registry.client.CatalogSnapshot;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Calls a specialist: an endpoint of the wanted version, through its breaker and bulkhead, again at another one if that helps and the budget allows.
 * This is the only layer that retries. The caller's thread waits, and is interrupted to cancel.
 */
public final class SpecialistCaller {
    private final Supplier<CatalogSnapshot> catalog;
    private final EndpointGuards guards;
    private final GuardedCall guarded;
    private final DispatchSettings settings;
    private final Clock clock;
    private final Map<String, RetryBudget> budgets = new ConcurrentHashMap<>();

    public SpecialistCaller(
            Supplier<CatalogSnapshot> catalog,
            EndpointGuards guards,
            GuardedCall guarded,
            DispatchSettings settings,
            Clock clock) {
        this.catalog = catalog;
        this.guards = guards;
        this.guarded = guarded;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * One answer, or the last failure.
     *
     * @param silence told while the call waits for an endpoint that answers nobody
     * @throws PinfactoryException with a code of the specialist
     * @throws InterruptedException when nobody waits any more; the call in flight was cancelled
     */
    public InferResponse call(PreparedCall call, Instant deadline, Silence silence) throws InterruptedException {
        InferRequest request = call.request();
        RetryBudget budget = budgets.computeIfAbsent(
                request.getSpecialist(), id -> new RetryBudget(settings.retryShare(), settings.retryBurst()));
        Set<String> tried = new HashSet<>();
        for (int attempt = 1; ; attempt++) {
            try {
                InferResponse response = attempt(call, deadline, tried, silence);
                budget.succeeded();
                return response;
            } catch (PinfactoryException failure) {
                Optional<Duration> wait = waitBeforeRetry(request, failure, attempt, tried, deadline);
                if (wait.isEmpty() || !budget.spend()) {
                    throw failure;
                }
                pause(wait.get());
            }
        }
    }

    /** One call, at the first endpoint that is there. One that a breaker guards or where nobody listens had none, and costs no retry. */
    private InferResponse attempt(PreparedCall call, Instant deadline, Set<String> tried, Silence silence)
            throws InterruptedException {
        InferRequest request = call.request();
        String specialist = request.getSpecialist();
        List<Endpoint> endpoints = endpoints(request);
        if (endpoints.isEmpty()) {
            throw new PinfactoryException(
                    ErrorCode.SPECIALIST_UNAVAILABLE,
                    "no live endpoint serves '" + specialist + "' version '" + request.getVersion() + "'");
        }
        Optional<PinfactoryException> notMade = Optional.empty();
        for (EndpointGuard guard : guards.ordered(specialist, request.getVersion(), endpoints, tried)) {
            tried.add(guard.address());
            try {
                return guarded.call(guard, call, deadline, silence);
            } catch (PinfactoryException e) {
                if (!isRefusedByBreaker(e) && !SpecialistErrors.nobodyListens(e)) {
                    throw e;
                }
                notMade = Optional.of(e);
            }
        }
        throw notMade.orElseThrow();
    }

    private static boolean isRefusedByBreaker(PinfactoryException failure) {
        return failure.getCause() instanceof CallNotPermittedException;
    }

    private List<Endpoint> endpoints(InferRequest request) {
        return catalog.get().endpoints(request.getSpecialist(), request.getVersion());
    }

    /** Empty when another try would not help, would do harm, or would come too late. */
    private Optional<Duration> waitBeforeRetry(
            InferRequest request, PinfactoryException failure, int attempt, Set<String> tried, Instant deadline) {
        // A breaker will say the same again, and is there to keep calls away.
        boolean helps = failure.code().retryable()
                && failure.code() != ErrorCode.SPECIALIST_TIMEOUT
                && !isRefusedByBreaker(failure);
        if (!helps || attempt >= settings.maxAttempts() || !mayRepeat(request, failure)) {
            return Optional.empty();
        }
        Duration left = Duration.between(clock.instant(), deadline);
        boolean elsewhere = endpoints(request).stream().anyMatch(endpoint -> !tried.contains(endpoint.getAddress()));
        // What an endpoint asked for is for those who come to it again.
        Duration asked = elsewhere ? Duration.ZERO : failure.retryAfter().orElse(Duration.ZERO);
        Duration wait = asked.plus(jittered(elsewhere ? settings.failoverBackoff() : backoff(attempt), left));
        return wait.compareTo(left) < 0 ? Optional.of(wait) : Optional.empty();
    }

    private Duration backoff(int attempt) {
        return Duration.ofNanos(Math.min(
                settings.longestBackoff().toNanos(), settings.firstBackoff().toNanos() << Math.min(attempt - 1, 20)));
    }

    /** Leaves at least half of the time for the call. */
    private static Duration jittered(Duration most, Duration left) {
        long bound = Math.min(most.toNanos(), left.toNanos() / 2);
        return Duration.ofNanos(ThreadLocalRandom.current().nextLong(Math.max(0, bound) + 1));
    }

    /** Ends early only by an interrupt, which is how a call is cancelled. */
    private static void pause(Duration wait) throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        never.await(wait.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** A refusal was not computed. Anything else may have been, and only what is declared idempotent, or a plain model, may be computed twice. */
    private boolean mayRepeat(InferRequest request, PinfactoryException failure) {
        if (failure.code() == ErrorCode.SPECIALIST_OVERLOADED || notSent(failure)) {
            return true;
        }
        return catalog.get()
                .find(request.getSpecialist())
                .map(entry -> entry.getContract().getIdempotent()
                        || entry.getContract().getKind() == Contract.Kind.MODEL
                        || entry.getContract().getKind() == Contract.Kind.KIND_UNSPECIFIED)
                .orElse(false);
    }

    /** Without a cause there was no call: there is no endpoint. */
    private static boolean notSent(PinfactoryException failure) {
        return failure.getCause() == null;
    }
}
