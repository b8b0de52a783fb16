package dev.pinfactory.orchestrator.service.testing;

import dev.pinfactory.proto.v1.PlanRequest;
import dev.pinfactory.proto.v1.PlanResponse;
import dev.pinfactory.proto.v1.RouterServiceGrpc;
import io.grpc.Metadata;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** Answers what the test says, and remembers what it was asked. */
public final class FakeRouter extends RouterServiceGrpc.RouterServiceImplBase {
    private final List<PlanRequest> requests = new CopyOnWriteArrayList<>();
    final List<Metadata> headers = new CopyOnWriteArrayList<>();
    private volatile Function<PlanRequest, PlanResponse> answer = request -> PlanResponse.getDefaultInstance();

    public void answers(Function<PlanRequest, PlanResponse> plan) {
        answer = plan;
    }

    public List<PlanRequest> requests() {
        return requests;
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
}
