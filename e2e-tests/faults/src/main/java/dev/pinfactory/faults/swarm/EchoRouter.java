package dev.pinfactory.faults.swarm;

import dev.pinfactory.proto.v1.CardSurroundings;
import dev.pinfactory.proto.v1.Plan;
import dev.pinfactory.proto.v1.PlanChange;
import dev.pinfactory.proto.v1.PlanRequest;
import dev.pinfactory.proto.v1.PlanResponse;
import dev.pinfactory.proto.v1.RouterServiceGrpc;
import dev.pinfactory.proto.v1.TryCardRequest;
import dev.pinfactory.proto.v1.TryCardResponse;
import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.util.concurrent.Executors;

/** A router whose plan is always that the input {@code note} is given back. */
public final class EchoRouter extends RouterServiceGrpc.RouterServiceImplBase implements AutoCloseable {
    private static final Plan PLAN = Tasks.of("any", 1).getPlan();

    private final Server server;

    public EchoRouter() throws IOException {
        server = Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create())
                .executor(Executors.newVirtualThreadPerTaskExecutor())
                .addService(this)
                .build()
                .start();
    }

    public String address() {
        return "127.0.0.1:" + server.getPort();
    }

    @Override
    public void plan(PlanRequest request, StreamObserver<PlanResponse> observer) {
        observer.onNext(PlanResponse.newBuilder().setPlan(PLAN).build());
        observer.onCompleted();
    }

    /** No plan ever changes. */
    @Override
    public void tryCard(TryCardRequest request, StreamObserver<TryCardResponse> observer) {
        observer.onNext(TryCardResponse.newBuilder()
                .setSurroundings(CardSurroundings.getDefaultInstance())
                .build());
        request.getRequestsList()
                .forEach(planned -> observer.onNext(TryCardResponse.newBuilder()
                        .setChange(PlanChange.newBuilder()
                                .setKind(PlanChange.Kind.UNCHANGED)
                                .setPlanBefore(PLAN)
                                .setPlanAfter(PLAN))
                        .build()));
        observer.onCompleted();
    }

    @Override
    public void close() {
        server.shutdownNow();
    }
}
