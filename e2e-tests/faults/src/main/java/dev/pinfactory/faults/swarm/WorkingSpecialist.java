package dev.pinfactory.faults.swarm;

import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.proto.v1.Card;
import dev.pinfactory.proto.v1.Version;
import dev.pinfactory.specialists.sdk.Inference;
import dev.pinfactory.specialists.sdk.InferenceResult;
import dev.pinfactory.specialists.sdk.serving.Definition;
import dev.pinfactory.specialists.sdk.serving.GrantCheck;
import dev.pinfactory.specialists.sdk.serving.ServingSettings;
import dev.pinfactory.specialists.sdk.serving.SpecialistGrpcService;
import dev.pinfactory.specialists.sdk.serving.Specialists;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A specialist as the SDK serves it, which works for as many milliseconds as its text says after the colon, and looks every few of them whether anybody waits; and a
 * registry that knows it, on one port.
 */
public final class WorkingSpecialist implements AutoCloseable {
    private static final Duration SLICE = Duration.ofMillis(5);
    private static final Duration LONG = Duration.ofHours(1);
    private static final ServingSettings SERVING = new ServingSettings(256, 16, 4);

    private final Map<String, Work> works = new ConcurrentHashMap<>();
    private final TimeLeft timeLeft = new TimeLeft();
    private final Specialists specialists;
    private final Server server;

    /**
     * One run of the model for one text. Times are of {@link System#nanoTime}.
     *
     * @param left until the deadline when it began, negative when it had passed
     * @param askable how long the model could have asked somebody else
     * @param end empty as long as it runs
     */
    public record Work(Duration left, Duration askable, Optional<Long> end) {}

    /** @param forgetful its server forgets who waits, and until when: a seeded bug */
    public WorkingSpecialist(boolean forgetful) throws IOException {
        Card card = Card.newBuilder()
                .setContract(EchoSpecialist.CONTRACT)
                .setVersion(Version.newBuilder().setNumber("1.0.0"))
                .build();
        specialists = Specialists.load(
                List.of(Definition.of(card, this::infer, List.of())), SERVING, new SimpleMeterRegistry());
        works.clear();
        List<ServerInterceptor> interceptors = new ArrayList<>(List.of(timeLeft));
        if (forgetful) {
            interceptors.add(new Forgetful());
        }
        server = Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create())
                .executor(Executors.newVirtualThreadPerTaskExecutor())
                .addService(ServerInterceptors.interceptForward(
                        new SpecialistGrpcService(specialists, GrantCheck.none()), interceptors))
                .addService(new FixedRegistry(
                        () -> List.of(new FixedRegistry.Listed(EchoSpecialist.CONTRACT, List.of(address())))))
                .build()
                .start();
    }

    /** Also the registry's. */
    public String address() {
        return "127.0.0.1:" + server.getPort();
    }

    /** What calls had left when they arrived. */
    public TimeLeft timeLeft() {
        return timeLeft;
    }

    /** What was done for a text; null where nothing was. */
    public @Nullable Work work(String text) {
        return works.get(text);
    }

    /** How many runs have not ended. */
    public long alive() {
        return works.values().stream().filter(work -> work.end().isEmpty()).count();
    }

    public void forget() {
        works.clear();
        timeLeft.clear();
    }

    private List<InferenceResult> infer(List<Inference> batch) {
        // What the host hands over has to be waited for; later items of a batch are looked at when it is their turn.
        List<InferenceResult> results = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
            Inference item = batch.get(i);
            results.add(i > 0 && item.cancelled() ? InferenceResult.abstained("cancelled") : work(item));
        }
        return results;
    }

    private InferenceResult work(Inference item) {
        String text = item.text("text");
        Duration left = item.deadline()
                .map(until -> Duration.ofNanos(until.timeRemaining(TimeUnit.NANOSECONDS)))
                .orElse(LONG);
        Work begun = new Work(left, item.timeLeft(LONG), Optional.empty());
        works.put(text, begun);
        try {
            long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis(text));
            while (System.nanoTime() < until && !item.cancelled()) {
                Thread.sleep(SLICE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            works.put(text, new Work(left, begun.askable(), Optional.of(System.nanoTime())));
        }
        return InferenceResult.answered(Artifact.newBuilder()
                .setName("text")
                .setType("text")
                .setText(text)
                .setConfidence(1)
                .build());
    }

    /** None for the host's own warm-up. */
    private static long millis(String text) {
        int colon = text.lastIndexOf(':');
        return colon < 0 ? 0 : Long.parseLong(text.substring(colon + 1));
    }

    @Override
    public void close() {
        server.shutdownNow();
        specialists.close();
    }

    /** Hands a call on as nobody's in particular, as a thread pool that knows nothing of gRPC's context does. */
    private static final class Forgetful implements ServerInterceptor {
        @Override
        public <Q, A> ServerCall.Listener<Q> interceptCall(
                ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
            return Contexts.interceptCall(Context.current().fork(), call, headers, next);
        }
    }
}
