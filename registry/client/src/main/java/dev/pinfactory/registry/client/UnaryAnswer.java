package dev.pinfactory.registry.client;

import io.grpc.stub.StreamObserver;
import java.util.function.Consumer;

/** Takes the one answer of a call, or its failure. */
record UnaryAnswer<T>(Consumer<T> answered, Consumer<Throwable> failed) implements StreamObserver<T> {
    @Override
    public void onNext(T answer) {
        answered.accept(answer);
    }

    @Override
    public void onError(Throwable error) {
        failed.accept(error);
    }

    @Override
    public void onCompleted() {}
}
