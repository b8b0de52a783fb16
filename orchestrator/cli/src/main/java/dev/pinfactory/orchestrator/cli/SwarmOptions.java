package dev.pinfactory.orchestrator.cli;

import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which swarm a command talks to. */
final class SwarmOptions {
    @Option(
            names = "--endpoint",
            paramLabel = "HOST:PORT",
            description = "gRPC address of a swarm. Default: the one that 'pin up' started, else a private one. "
                    + "A bearer token is taken from the environment variable PINFACTORY_TOKEN.")
    @Nullable
    private String endpoint;

    Swarm connect(PrintWriter progress) {
        if (endpoint != null) {
            return Swarm.at(endpoint);
        }
        Home home = Home.installed();
        return Swarm.running(home)
                .map(running -> Swarm.at(running.grpc()))
                .orElseGet(() -> Swarm.start(home, progress));
    }
}
