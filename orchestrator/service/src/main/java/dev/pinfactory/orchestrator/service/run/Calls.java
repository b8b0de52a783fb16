package dev.pinfactory.orchestrator.service.run;

import dev.pinfactory.orchestrator.engine.Action;
import dev.pinfactory.orchestrator.engine.CallId;
import dev.pinfactory.orchestrator.engine.Event;
import dev.pinfactory.orchestrator.service.content.PreparedCall;
import dev.pinfactory.orchestrator.service.dispatch.Silence;
import dev.pinfactory.orchestrator.service.dispatch.SpecialistCaller;
import dev.pinfactory.orchestrator.service.outcome.VersionOutcomes;
import dev.pinfactory.orchestrator.service.quota.Quotas;
import dev.pinfactory.orchestrator.service.shadow.Shadows;
import dev.pinfactory.orchestrator.service.trace.Tracing;
import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.error.PinfactoryException;
import dev.pinfactory.proto.v1.InferRequest;
import dev.pinfactory.proto.v1.InferResponse;
import io.micrometer.tracing.TraceContext;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** The calls of one run: each in a thread of its own, and cancelled when nobody waits for it any more. Bounded by the engine's window. */
final class Calls {
    private static final Logger LOG = LoggerFactory.getLogger(Calls.class);

    private static final Set<ErrorCode> NOT_COMPUTED =
            Set.of(ErrorCode.SPECIALIST_UNAVAILABLE, ErrorCode.SPECIALIST_OVERLOADED);

    private final SpecialistCaller caller;
    private final Function<InferRequest, PreparedCall> prepare;
    private final Tracing tracing;
    private final Clock clock;
    private final Consumer<Event> answers;
    private final Silence silence;
    private final Function<Action.Call, Quotas.Held> hold;
    private final Shadows shadows;
    private final VersionOutcomes outcomes;
    private final Map<CallId, NetworkCall> inFlight = new ConcurrentHashMap<>();

    /**
     * @param prepare makes of a request what is sent: with references for what is large, and without for what is small
     * @param hold asks the tenant's quota for a call
     */
    Calls(
            RunTools tools,
            Function<InferRequest, PreparedCall> prepare,
            Consumer<Event> answers,
            Silence silence,
            Function<Action.Call, Quotas.Held> hold) {
        this.caller = tools.caller();
        this.tracing = tools.tracing();
        this.clock = tools.clock();
        this.shadows = tools.shadows();
        this.outcomes = tools.outcomes();
        this.prepare = prepare;
        this.answers = answers;
        this.silence = silence;
        this.hold = hold;
    }

    void start(Action.Call call) {
        Optional<TraceContext> context = tracing.context();
        Map<String, String> logContext = MDC.getCopyOfContextMap();
        NetworkCall started = new NetworkCall("call-" + call.id().step(), thread -> {
            if (logContext != null) {
                MDC.setContextMap(logContext);
            }
            try (var traced = tracing.open(context)) {
                answers.accept(ask(call, thread));
            } catch (InterruptedException e) {
                LOG.debug("call of step {} was cancelled", call.id().step());
            } finally {
                inFlight.remove(call.id(), thread);
            }
        });
        inFlight.put(call.id(), started);
        started.start();
    }

    private Event ask(Action.Call call, NetworkCall thread) throws InterruptedException {
        try {
            InferResponse response = paid(call, prepare.apply(call.request()), thread);
            return new Event.Answered(clock.instant(), call.id(), response);
        } catch (PinfactoryException e) {
            return new Event.CallFailed(clock.instant(), call.id(), e.code(), String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            LOG.error("call of step {} ended in a fault", call.id().step(), e);
            return new Event.CallFailed(
                    clock.instant(), call.id(), ErrorCode.INTERNAL, "internal error; the logs have the cause");
        }
    }

    private InferResponse paid(Action.Call call, PreparedCall prepared, NetworkCall thread)
            throws InterruptedException {
        Quotas.Held held = hold.apply(call);
        try {
            InferResponse response = thread.await(() -> counted(prepared, call.deadline()));
            held.cost(response.getCost());
            return response;
        } catch (PinfactoryException e) {
            if (NOT_COMPUTED.contains(e.code())) {
                held.release();
            }
            throw e;
        }
    }

    /** One that is cancelled is counted nowhere. */
    private InferResponse counted(PreparedCall prepared, Instant deadline) throws InterruptedException {
        InferRequest request = prepared.request();
        long start = System.nanoTime();
        try {
            InferResponse response = caller.call(prepared, deadline, silence);
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            outcomes.answered(request.getSpecialist(), request.getVersion(), response.hasAbstention(), took);
            shadows.mirror(prepared, response, took);
            return response;
        } catch (PinfactoryException e) {
            outcomes.failed(
                    request.getSpecialist(),
                    request.getVersion(),
                    e.code(),
                    Duration.ofNanos(System.nanoTime() - start));
            throw e;
        }
    }

    void cancel(CallId id) {
        NetworkCall call = inFlight.remove(id);
        if (call != null) {
            call.cancel();
        }
    }

    void cancelAll() {
        inFlight.keySet().forEach(this::cancel);
    }
}
