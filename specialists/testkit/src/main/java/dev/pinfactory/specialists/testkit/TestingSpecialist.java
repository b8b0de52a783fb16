package dev.pinfactory.specialists.testkit;

import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.error.Errors;
import dev.pinfactory.proto.error.PinfactoryException;
import dev.pinfactory.proto.v1.Abstention;
import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.proto.v1.Card;
import dev.pinfactory.proto.v1.Cost;
import dev.pinfactory.proto.v1.DescribeRequest;
import dev.pinfactory.proto.v1.DescribeResponse;
import dev.pinfactory.proto.v1.InferRequest;
import dev.pinfactory.proto.v1.InferResponse;
import dev.pinfactory.proto.v1.Outputs;
import dev.pinfactory.proto.v1.SpecialistServiceGrpc;
import io.grpc.Server;
import io.grpc.ServerBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * A specialist for tests of those who call specialists: does what it is told, after as long as it is told, and remembers who called. What it does can be
 * changed while it runs.
 */
public final class TestingSpecialist implements AutoCloseable {
    private final Card card;
    private final String address;
    private final Server server;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("testing-specialist").daemon().factory());
    private final List<InferRequest> requests = new CopyOnWriteArrayList<>();
    private final AtomicInteger running = new AtomicInteger();
    private final AtomicInteger cancelled = new AtomicInteger();
    private volatile Behaviour behaviour = echo();
    private volatile Duration delay = Duration.ZERO;

    /** What it does with a request: the response's outcome, or an exception. */
    @FunctionalInterface
    public interface Behaviour {
        InferResponse.Builder answer(InferRequest request);
    }

    private TestingSpecialist(Card card, ServerBuilder<?> builder, Function<Server, String> address) {
        this.card = card;
        this.server = builder.addService(new Service()).build();
        try {
            server.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.address = address.apply(server);
    }

    /** On a free port of this machine. */
    public static TestingSpecialist onPort(Card card) {
        return new TestingSpecialist(
                card,
                NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", 0)),
                server -> "127.0.0.1:" + server.getPort());
    }

    /** In this process. */
    public static TestingSpecialist inProcess(Card card, String name) {
        return new TestingSpecialist(card, InProcessServerBuilder.forName(name), server -> "inprocess:" + name);
    }

    /** Gives its first input back on each output port. */
    public static Behaviour echo() {
        return request -> outputs(request.getInputsList().isEmpty() ? List.of() : List.of(request.getInputs(0)));
    }

    /** Gives these artifacts. */
    public static Behaviour answers(Artifact... artifacts) {
        return request -> outputs(List.of(artifacts));
    }

    public static Behaviour abstains(String reason) {
        return request ->
                InferResponse.newBuilder().setAbstention(Abstention.newBuilder().setReason(reason));
    }

    public static Behaviour fails(ErrorCode code) {
        return request -> {
            throw new PinfactoryException(code, "told to fail");
        };
    }

    /** Does one thing this often, then another. */
    public static Behaviour first(int times, Behaviour begin, Behaviour then) {
        AtomicInteger calls = new AtomicInteger();
        return request -> (calls.getAndIncrement() < times ? begin : then).answer(request);
    }

    public TestingSpecialist does(Behaviour newBehaviour) {
        this.behaviour = newBehaviour;
        return this;
    }

    /** Answers after this; nothing sleeps meanwhile. */
    public TestingSpecialist after(Duration newDelay) {
        this.delay = newDelay;
        return this;
    }

    public String address() {
        return address;
    }

    public Card card() {
        return card;
    }

    /** All requests so far, in order of arrival. */
    public List<InferRequest> requests() {
        return List.copyOf(requests);
    }

    /** Calls that have not been answered yet. */
    public int running() {
        return running.get();
    }

    /** Calls whose callers went away before the answer. */
    public int cancelled() {
        return cancelled.get();
    }

    /** Drops every call, as a killed process does. */
    @Override
    public void close() {
        server.shutdownNow();
        timer.shutdownNow();
    }

    private static InferResponse.Builder outputs(List<Artifact> artifacts) {
        return InferResponse.newBuilder().setOutputs(Outputs.newBuilder().addAllArtifacts(artifacts));
    }

    private void answer(InferRequest request, StreamObserver<InferResponse> observer) {
        try {
            InferResponse.Builder response = behaviour.answer(request);
            if (response.hasOutputs()) {
                nameByPort(response.getOutputsBuilder());
            }
            observer.onNext(response.setSpecialist(card.getContract().getId())
                    .setVersion(card.getVersion().getNumber())
                    .setCost(Cost.newBuilder().setCalls(1).setCpuSeconds(0.001))
                    .build());
            observer.onCompleted();
        } catch (PinfactoryException e) {
            observer.onError(Errors.toGrpc(e));
        }
    }

    /** Artifacts without a port's name get the names of the card's ports, in order. */
    private void nameByPort(Outputs.Builder outputs) {
        var ports = card.getContract().getOutputsList();
        for (int i = 0; i < Math.min(ports.size(), outputs.getArtifactsCount()); i++) {
            outputs.getArtifactsBuilder(i).setName(ports.get(i).getName());
        }
    }

    private final class Service extends SpecialistServiceGrpc.SpecialistServiceImplBase {
        @Override
        public void describe(DescribeRequest request, StreamObserver<DescribeResponse> observer) {
            observer.onNext(DescribeResponse.newBuilder().addCards(card).build());
            observer.onCompleted();
        }

        @Override
        public void infer(InferRequest request, StreamObserver<InferResponse> observer) {
            requests.add(request);
            running.incrementAndGet();
            ScheduledFuture<?> answer = timer.schedule(
                    () -> {
                        running.decrementAndGet();
                        answer(request, observer);
                    },
                    delay.toNanos(),
                    TimeUnit.NANOSECONDS);
            ((ServerCallStreamObserver<InferResponse>) observer).setOnCancelHandler(() -> {
                if (answer.cancel(false)) {
                    running.decrementAndGet();
                    cancelled.incrementAndGet();
                }
            });
        }
    }
}
