package dev.pinfactory.faults.swarm;

import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.proto.v1.Card;
import dev.pinfactory.proto.v1.Endpoint;
import dev.pinfactory.proto.v1.Version;
import dev.pinfactory.registry.client.Channels;
import dev.pinfactory.registry.client.Registration;
import dev.pinfactory.specialists.sdk.Inference;
import dev.pinfactory.specialists.sdk.InferenceResult;
import dev.pinfactory.specialists.sdk.serving.Definition;
import dev.pinfactory.specialists.sdk.serving.GrantCheck;
import dev.pinfactory.specialists.sdk.serving.ServingSettings;
import dev.pinfactory.specialists.sdk.serving.SpecialistGrpcService;
import dev.pinfactory.specialists.sdk.serving.Specialists;
import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;

/**
 * The process of a {@link Replica}: gives a text back after a while, as the SDK serves it, registered as every host is. It writes a byte when a run begins and one when it
 * ends, and a line when the registry knows it.
 */
final class EchoHost {
    static final char BEGUN = '+';
    static final char ENDED = '-';

    /** As long as a host's own default. */
    private static final Duration LEASE = Duration.ofSeconds(15);

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final ServingSettings SERVING = new ServingSettings(256, 64, 1);
    private static final long SHORTEST_MILLIS = 100;
    private static final int SPREAD_MILLIS = 200;

    private final String instance = "replica-" + ProcessHandle.current().pid();
    private volatile OutputStream runs = OutputStream.nullOutputStream();

    private EchoHost() {}

    /** @param arguments its port, the registry's address, and the file for its runs */
    public static void main(String[] arguments) throws Exception {
        new EchoHost().serve(Integer.parseInt(arguments[0]), arguments[1], Path.of(arguments[2]));
    }

    private void serve(int port, String registry, Path file) throws Exception {
        Card card = Card.newBuilder()
                .setContract(EchoSpecialist.CONTRACT)
                .setVersion(Version.newBuilder().setNumber("1.0.0"))
                .build();
        Specialists specialists = Specialists.load(
                List.of(Definition.of(card, this::infer, List.of())), SERVING, new SimpleMeterRegistry());
        // What came before was the host's own warm-up.
        runs = Files.newOutputStream(file);
        String address = "127.0.0.1:" + port;
        Grpc.newServerBuilderForPort(port, InsecureServerCredentials.create())
                .executor(Executors.newVirtualThreadPerTaskExecutor())
                .addService(new SpecialistGrpcService(specialists, GrantCheck.none()))
                .build()
                .start();
        Registration registration = Registration.start(
                new Channels(),
                registry,
                specialists.cards(),
                Endpoint.newBuilder().setAddress(address).setInstance(instance).build(),
                LEASE);
        if (!registration.awaitRegistered(PATIENCE)) {
            System.exit(1);
        }
        System.out.println(address);
        endWithWhoeverStartedIt();
    }

    /** Its end of the pipe closes with it, however it ends. */
    private static void endWithWhoeverStartedIt() throws IOException {
        System.in.transferTo(OutputStream.nullOutputStream());
        System.exit(0);
    }

    private List<InferenceResult> infer(List<Inference> batch) {
        List<InferenceResult> results = new ArrayList<>();
        batch.forEach(item -> results.add(infer(item)));
        return results;
    }

    private InferenceResult infer(Inference item) {
        String text = item.text("text");
        note(BEGUN);
        try {
            Thread.sleep(SHORTEST_MILLIS + Math.floorMod(text.hashCode(), SPREAD_MILLIS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        note(ENDED);
        return InferenceResult.answered(Artifact.newBuilder()
                .setName("text")
                .setType("text")
                .setText(text)
                .setConfidence(1)
                .build());
    }

    /** Nothing is kept back in the process: what is written outlives it. */
    private void note(char what) {
        try {
            runs.write(what);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
