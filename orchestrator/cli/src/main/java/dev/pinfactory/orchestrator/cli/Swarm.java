package dev.pinfactory.orchestrator.cli;

import dev.pinfactory.proto.v1.SwarmServiceGrpc;
import io.grpc.ChannelCredentials;
import io.grpc.ClientInterceptor;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The swarm that a command talks to: one that runs already, or a private one that ends with the command. */
final class Swarm implements AutoCloseable {
    static final String STANDALONE = "dev.pinfactory.orchestrator.standalone.StandaloneApplication";
    private static final int MAX_MESSAGE_BYTES = 16 << 20;
    private static final long STOP_SECONDS = 10;

    private final ManagedChannel channel;

    @Nullable
    private final Process ownProcess;

    @Nullable
    private final Path ownData;

    private Swarm(String address, @Nullable Process ownProcess, @Nullable Path ownData) {
        ChannelCredentials plaintext = InsecureChannelCredentials.create();
        this.channel = Grpc.newChannelBuilder(address, plaintext)
                .maxInboundMessageSize(MAX_MESSAGE_BYTES)
                .build();
        this.ownProcess = ownProcess;
        this.ownData = ownData;
    }

    static Swarm at(String address) {
        return new Swarm(address, null, null);
    }

    /** The swarm that {@code pin up} started, if it is alive. */
    static Optional<RunFile> running(Home home) {
        return RunFile.read(home.runFile()).filter(RunFile::isUp);
    }

    /** A swarm in one process on free ports, with its data in a temporary directory. */
    static Swarm start(Home home, PrintWriter progress) {
        progress.println("Starting a private swarm (" + why(RunFile.read(home.runFile())) + ").");
        progress.flush();
        try {
            Path data = Files.createTempDirectory("pinfactory-");
            Path runFile = data.resolve("swarm.json");
            List<String> command = home.standalone(STANDALONE, List.of("-XX:TieredStopAtLevel=1", "-Xmx1g"));
            command.addAll(List.of(
                    "--pinfactory.data-dir=" + data,
                    "--pinfactory.run-file=" + runFile,
                    "--pinfactory.rest-port=0",
                    "--pinfactory.grpc-port=0",
                    "--pinfactory.registry-port=0",
                    "--pinfactory.ends-with-standard-input=true"));
            Process process = Launch.start(command, data.resolve("swarm.log"), true);
            // Also when the command is interrupted.
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(process, data), "stop-private-swarm"));
            Launch.awaitReady("the private swarm", process, data.resolve("swarm.log"), () -> Files.exists(runFile));
            String address = RunFile.read(runFile).orElseThrow().grpc();
            return new Swarm(address, process, data);
        } catch (IOException e) {
            throw new UncheckedIOException("can't make a temporary directory", e);
        }
    }

    /** Why there is none to use, and what helps. */
    static String why(Optional<RunFile> found) {
        String lack = found.flatMap(RunFile::lacks).orElse("no swarm is running");
        return lack
                + (found.map(RunFile::isAlive).orElse(false)
                        ? "; './pin status' shows it, './pin down' and './pin up' start it anew"
                        : "; './pin up' keeps one");
    }

    /** Blocking calls; every one sets its own deadline. */
    SwarmServiceGrpc.SwarmServiceBlockingStub calls() {
        var stub = SwarmServiceGrpc.newBlockingStub(channel);
        String token = System.getenv("PINFACTORY_TOKEN");
        return token == null ? stub : stub.withInterceptors(bearer(token));
    }

    private static ClientInterceptor bearer(String token) {
        Metadata headers = new Metadata();
        headers.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + token);
        return MetadataUtils.newAttachHeadersInterceptor(headers);
    }

    @Override
    public void close() {
        channel.shutdownNow();
        if (ownProcess != null && ownData != null) {
            stop(ownProcess, ownData);
        }
    }

    /** Ends the process and takes its data away; the second time there is nothing left to do. */
    private static void stop(Process process, Path data) {
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        delete(data);
    }

    private static void delete(Path directory) {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            // What is left in the temporary directory does no harm.
        }
    }
}
