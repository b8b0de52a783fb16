package dev.pinfactory.specialists.testkit;

import dev.pinfactory.proto.v1.DescribeRequest;
import dev.pinfactory.proto.v1.DescribeResponse;
import dev.pinfactory.proto.v1.InferRequest;
import dev.pinfactory.proto.v1.InferResponse;
import dev.pinfactory.proto.v1.SpecialistServiceGrpc;
import dev.pinfactory.registry.client.Channels;
import io.grpc.Context;
import io.grpc.Server;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Passes calls on to a specialist that keeps the contract, and breaks it in one way. */
final class BrokenServer implements AutoCloseable {
    private final String name = "broken-" + UUID.randomUUID();
    private final LocalSpecialists good = LocalSpecialists.serve(new Capitals());
    private final Channels channels = new Channels();
    private final ExecutorService calls = Executors.newVirtualThreadPerTaskExecutor();
    private final Server server;

    /** What is wrong with it. */
    interface Fault {
        default DescribeResponse describe(DescribeResponse response) {
            return response;
        }

        default InferRequest request(InferRequest request) {
            return request;
        }

        default InferResponse response(InferRequest request, InferResponse response) {
            return response;
        }

        /** The last word on a call that the good specialist refused. */
        default RuntimeException refusal(RuntimeException refusal) {
            return refusal;
        }

        default ServingStatus health() {
            return ServingStatus.SERVING;
        }

        /** Runs before every call, whether anybody still waits or not. */
        default void compute() {}
    }

    BrokenServer(Fault fault) throws IOException {
        HealthStatusManager health = new HealthStatusManager();
        health.setStatus("", fault.health());
        health.setStatus("capitals", fault.health());
        server = InProcessServerBuilder.forName(name)
                .executor(calls)
                .addService(new Service(fault))
                .addService(health.getHealthService())
                .build()
                .start();
    }

    String address() {
        return "inprocess:" + name;
    }

    @Override
    public void close() {
        server.shutdownNow();
        good.close();
        channels.close();
        calls.shutdownNow();
    }

    private final class Service extends SpecialistServiceGrpc.SpecialistServiceImplBase {
        private final Fault fault;

        Service(Fault fault) {
            this.fault = fault;
        }

        private SpecialistServiceGrpc.SpecialistServiceBlockingStub good() {
            return SpecialistServiceGrpc.newBlockingStub(channels.channel(good.address()));
        }

        @Override
        public void describe(DescribeRequest request, StreamObserver<DescribeResponse> observer) {
            observer.onNext(fault.describe(good().describe(request)));
            observer.onCompleted();
        }

        @Override
        public void infer(InferRequest request, StreamObserver<InferResponse> observer) {
            try {
                fault.compute();
                InferResponse response = Context.ROOT.call(() -> good().infer(fault.request(request)));
                observer.onNext(fault.response(request, response));
                observer.onCompleted();
            } catch (RuntimeException e) {
                observer.onError(fault.refusal(e));
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
