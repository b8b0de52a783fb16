package dev.pinfactory.orchestrator.standalone;

import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A real swarm for the tests of an application: all roles and the six specialists in this process, on free ports, with its data in a
 * temporary directory that goes with it. Start one for a test class:
 *
 * <pre>{@code
 * try (TestingSwarm swarm = TestingSwarm.start()) {
 *     var stub = SwarmServiceGrpc.newBlockingStub(swarm.channel());
 *     ...
 * }
 * }</pre>
 */
public final class TestingSwarm implements AutoCloseable {
    private static final long CLOSE_SECONDS = 5;

    private final Path directory;
    private final LocalSwarm swarm;
    private final ManagedChannel channel;

    private TestingSwarm(Path directory, LocalSwarm swarm) {
        this.directory = directory;
        this.swarm = swarm;
        this.channel = Grpc.newChannelBuilder(swarm.grpcAddress(), InsecureChannelCredentials.create())
                .build();
    }

    /** Starts the swarm; takes a few seconds. */
    public static TestingSwarm start() {
        try {
            Path directory = Files.createTempDirectory("testing-swarm-");
            return new TestingSwarm(directory, LocalSwarm.start(LocalSwarmOptions.onFreePorts(directory)));
        } catch (IOException e) {
            throw new UncheckedIOException("can't make a temporary directory", e);
        }
    }

    /** A channel to the public gRPC endpoint. Closed with the swarm. */
    public ManagedChannel channel() {
        return channel;
    }

    /** Base URL of the REST endpoint. */
    public String restUrl() {
        return swarm.restUrl();
    }

    /** {@code host:port} of the public gRPC endpoint. */
    public String grpcAddress() {
        return swarm.grpcAddress();
    }

    /** {@code host:port} where further specialists register. */
    public String registryAddress() {
        return swarm.registryAddress();
    }

    @Override
    public void close() {
        channel.shutdownNow();
        try {
            channel.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        swarm.close();
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException("can't delete " + directory, e);
        }
    }
}
