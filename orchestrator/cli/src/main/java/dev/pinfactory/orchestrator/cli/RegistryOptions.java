package dev.pinfactory.orchestrator.cli;

import dev.pinfactory.proto.v1.RegistryServiceGrpc;
import dev.pinfactory.proto.v1.RegistryServiceGrpc.RegistryServiceBlockingStub;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which registry a command talks to. */
final class RegistryOptions {
    private static final long SECONDS = 30;
    /** A judgement's page may be large. */
    private static final int MAX_MESSAGE_BYTES = 16 << 20;

    @Option(
            names = "--registry",
            paramLabel = "HOST:PORT",
            description = "Address of the registry. Default: that of the swarm that 'pin up' started.")
    @Nullable
    private String registry;

    /** One call, on a connection of its own. */
    <T> T call(Function<RegistryServiceBlockingStub, T> call) {
        ManagedChannel channel = Grpc.newChannelBuilder(address(), InsecureChannelCredentials.create())
                .maxInboundMessageSize(MAX_MESSAGE_BYTES)
                .build();
        try {
            return call.apply(
                    RegistryServiceGrpc.newBlockingStub(channel).withDeadlineAfter(SECONDS, TimeUnit.SECONDS));
        } finally {
            channel.shutdownNow();
        }
    }

    private String address() {
        if (registry != null) {
            return registry;
        }
        Home home = Home.installed();
        return Swarm.running(home)
                .map(RunFile::registry)
                .orElseThrow(() -> new UsageException("versions are moved in a swarm that goes on running: "
                        + Swarm.why(RunFile.read(home.runFile())) + ", or name its registry with --registry"));
    }
}
