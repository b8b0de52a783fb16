package dev.pinfactory.specialists.sdk.serving;

import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.error.Errors;
import dev.pinfactory.proto.error.PinfactoryException;
import dev.pinfactory.proto.v1.Abstention;
import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.proto.v1.Cost;
import dev.pinfactory.proto.v1.DescribeRequest;
import dev.pinfactory.proto.v1.DescribeResponse;
import dev.pinfactory.proto.v1.InferByReferenceRequest;
import dev.pinfactory.proto.v1.InferByReferenceResponse;
import dev.pinfactory.proto.v1.InferRequest;
import dev.pinfactory.proto.v1.InferResponse;
import dev.pinfactory.proto.v1.Outputs;
import dev.pinfactory.proto.v1.SpecialistServiceGrpc;
import dev.pinfactory.specialists.sdk.Inference;
import dev.pinfactory.specialists.sdk.InferenceResult;
import io.grpc.Context;
import io.grpc.Deadline;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Answers calls for every specialist of the process: find the version, check grant and input, queue, check output. Blocks the thread that it is called
 * on, so the server needs an executor of virtual threads.
 */
public final class SpecialistGrpcService extends SpecialistServiceGrpc.SpecialistServiceImplBase {
    private static final Logger log = LoggerFactory.getLogger(SpecialistGrpcService.class);

    private final Specialists specialists;
    private final GrantCheck grants;
    private final ContentBudget budget;

    public SpecialistGrpcService(Specialists specialists, GrantCheck grants) {
        this(specialists, grants, ContentBudget.defaults());
    }

    /** @param budget of the contents that come by reference */
    public SpecialistGrpcService(Specialists specialists, GrantCheck grants, ContentBudget budget) {
        this.specialists = specialists;
        this.grants = grants;
        this.budget = budget;
    }

    @Override
    public void describe(DescribeRequest request, StreamObserver<DescribeResponse> observer) {
        observer.onNext(
                DescribeResponse.newBuilder().addAllCards(specialists.cards()).build());
        observer.onCompleted();
    }

    @Override
    public void infer(InferRequest request, StreamObserver<InferResponse> observer) {
        try (var task = MDC.putCloseable("taskId", request.getContext().getTaskId())) {
            InferResponse response = answer(request, version -> request);
            observer.onNext(response);
            observer.onCompleted();
        } catch (RuntimeException e) {
            fail(observer, e);
        }
    }

    @Override
    public StreamObserver<InferByReferenceRequest> inferByReference(StreamObserver<InferByReferenceResponse> observer) {
        return new ReferencingCall(this, budget, observer);
    }

    /** Whether a call may run, before anything is fetched for it. */
    void requireGranted(InferRequest request) {
        grants.check(
                GrantInterceptor.grant(),
                request,
                version(specialist(request), request).number());
    }

    InferResponse answer(References references) {
        InferRequest request = references.request();
        try (var task = MDC.putCloseable("taskId", request.getContext().getTaskId())) {
            return answer(
                    request, version -> references.resolved(version.inputs().types()));
        }
    }

    void fail(StreamObserver<?> observer, RuntimeException failure) {
        if (observer instanceof ServerCallStreamObserver<?> call && call.isCancelled()) {
            return;
        }
        if (!(failure instanceof PinfactoryException)) {
            log.error("a call failed", failure);
        }
        observer.onError(Errors.toGrpc(failure));
    }

    /**
     * @param request that the grant is for
     * @param resolve makes of it what the model sees
     */
    private InferResponse answer(InferRequest request, Function<ServedVersion, InferRequest> resolve) {
        ServedSpecialist specialist = specialist(request);
        while (true) {
            ServedVersion version = version(specialist, request);
            try {
                return answer(request, version, resolve);
            } catch (Batcher.RetiredException e) {
                // Replaced since the look-up; the next look-up finds its successor, or says that it is gone.
                log.debug("version {} of '{}' was retired under a call", version.number(), specialist.id());
            }
        }
    }

    private ServedSpecialist specialist(InferRequest request) {
        return specialists
                .find(request.getSpecialist())
                .orElseThrow(() -> new PinfactoryException(
                        ErrorCode.NOT_FOUND, "specialist '" + request.getSpecialist() + "' is not served here"));
    }

    private static ServedVersion version(ServedSpecialist specialist, InferRequest request) {
        return specialist
                .find(request.getVersion())
                .orElseThrow(() -> new PinfactoryException(
                        ErrorCode.NOT_FOUND,
                        "version '" + request.getVersion() + "' of specialist '" + specialist.id()
                                + "' is not served here"));
    }

    private InferResponse answer(
            InferRequest request, ServedVersion version, Function<ServedVersion, InferRequest> resolve) {
        long start = System.nanoTime();
        String outcome = "INTERNAL";
        double cpuSeconds = 0;
        try {
            grants.check(GrantInterceptor.grant(), request, version.number());
            Context context = Context.current();
            InferRequest resolved = resolve.apply(version);
            Inference inference =
                    version.inputs().check(resolved, context::isCancelled, Optional.ofNullable(context.getDeadline()));
            if (inference.cancelled()) {
                throw nobodyWaits(context);
            }
            Answer answer = await(version.batcher().submit(inference), context);
            cpuSeconds = answer.cpuSeconds();
            InferResponse response = respond(answer, version, inference.inputs(), resolved);
            outcome = response.hasAbstention() ? "abstained" : "answered";
            return response;
        } catch (PinfactoryException e) {
            outcome = e.code().name();
            throw e;
        } finally {
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            version.metrics().call(outcome, took, cpuSeconds);
            // A step over many items is as many calls, so not at INFO.
            log.debug(
                    "{} {} for step '{}' {} in {} ms",
                    version.card().getContract().getId(),
                    version.number(),
                    request.getContext().getStep(),
                    outcome,
                    took.toMillis());
        }
    }

    private static InferResponse respond(
            Answer answer, ServedVersion version, Map<String, Artifact> inputs, InferRequest request) {
        InferResponse.Builder response = InferResponse.newBuilder()
                .setSpecialist(version.card().getContract().getId())
                .setVersion(version.number());
        Cost paid = switch (answer.result()) {
            case InferenceResult.Answered answered -> {
                response.setOutputs(
                        Outputs.newBuilder().addAllArtifacts(version.outputs().check(answered.outputs(), inputs)));
                yield answered.paid();
            }
            case InferenceResult.Abstained abstained -> {
                response.setAbstention(Abstention.newBuilder()
                        .setReason(abstained.reason())
                        .addAllBestGuess(version.outputs().checkBestGuess(abstained.bestGuess(), inputs)));
                yield abstained.paid();
            }
            case InferenceResult.Failed failed -> throw new PinfactoryException(failed.code(), failed.detail());
        };
        return response.setCost(paid.toBuilder()
                        .setCpuSeconds(answer.cpuSeconds())
                        .setBytesIn(request.getSerializedSize())
                        .setBytesOut(response.build().getSerializedSize())
                        .setCalls(1))
                .build();
    }

    /** Waits as long as the caller does. */
    private static Answer await(CompletableFuture<Answer> answer, Context context) {
        Context.CancellationListener giveUp = cancelled -> answer.cancel(false);
        context.addListener(giveUp, Runnable::run);
        try {
            return answer.join();
        } catch (CancellationException e) {
            throw nobodyWaits(context);
        } catch (CompletionException e) {
            throw Errors.fromThrowable(e);
        } finally {
            context.removeListener(giveUp);
        }
    }

    private static PinfactoryException nobodyWaits(Context context) {
        Deadline deadline = context.getDeadline();
        return deadline != null && deadline.isExpired()
                ? new PinfactoryException(ErrorCode.DEADLINE_EXCEEDED, "the call's deadline has passed")
                : new PinfactoryException(ErrorCode.CANCELLED, "the caller has cancelled");
    }
}
