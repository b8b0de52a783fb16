package dev.pinfactory.orchestrator.service.testing;

import dev.pinfactory.proto.v1.CardSurroundings;
import dev.pinfactory.proto.v1.PlanChange;
import dev.pinfactory.proto.v1.PlanRequest;
import dev.pinfactory.proto.v1.PlanResponse;
import dev.pinfactory.proto.v1.RouterServiceGrpc;
import dev.pinfactory.proto.v1.TryCardRequest;
import dev.pinfactory.proto.v1.TryCardResponse;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** Answers what the test says, and remembers what it was asked. */
public final class FakeRouter extends RouterServiceGrpc.RouterServiceImplBase {
    private static final Metadata.Key<String> TRACE_PARENT =
            Metadata.Key.of("traceparent", Metadata.ASCII_STRING_MARSHALLER);

    private final List<PlanRequest> requests = new CopyOnWriteArrayList<>();
    private final List<String> traceParents = new CopyOnWriteArrayList<>();
    private final List<TryCardRequest> trials = new CopyOnWriteArrayList<>();
    private volatile Function<PlanRequest, PlanResponse> answer = request -> PlanResponse.getDefaultInstance();
    private volatile Function<PlanRequest, PlanChange> change = request -> PlanChange.getDefaultInstance();

    public void answers(Function<PlanRequest, PlanResponse> plan) {
        answer = plan;
    }

    /** What a card changes; the card is near to nobody. */
    public void changes(Function<PlanRequest, PlanChange> tried) {
        change = tried;
    }

    /** What it was asked to try. */
    public List<TryCardRequest> trials() {
        return trials;
    }

    public List<PlanRequest> requests() {
        return requests;
    }

    /** What the calls said which trace they belong to. */
    public List<String> traceParents() {
        return traceParents;
    }

    /** To be put before this service. */
    ServerInterceptor remembering() {
        return new ServerInterceptor() {
            @Override
            public <Q, A> ServerCall.Listener<Q> interceptCall(
                    ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
                traceParents.add(String.valueOf(headers.get(TRACE_PARENT)));
                return next.startCall(call, headers);
            }
        };
    }

    @Override
    public void plan(PlanRequest request, StreamObserver<PlanResponse> observer) {
        requests.add(request);
        try {
            observer.onNext(answer.apply(request));
            observer.onCompleted();
        } catch (RuntimeException e) {
            observer.onError(e);
        }
    }

    @Override
    public void tryCard(TryCardRequest request, StreamObserver<TryCardResponse> observer) {
        trials.add(request);
        try {
            observer.onNext(TryCardResponse.newBuilder()
                    .setSurroundings(CardSurroundings.newBuilder().setCatalogDigest("sha256:catalogue"))
                    .build());
            request.getRequestsList()
                    .forEach(one -> observer.onNext(TryCardResponse.newBuilder()
                            .setChange(change.apply(one))
                            .build()));
            observer.onCompleted();
        } catch (RuntimeException e) {
            observer.onError(e);
        }
    }
}
