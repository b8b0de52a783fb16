package dev.pinfactory.orchestrator.cli;

import dev.pinfactory.proto.v1.Task;
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

    /** A swarm that is there when the command has ended: what a private one keeps, nobody sees again. */
    Swarm connectKept() {
        if (endpoint != null) {
            return Swarm.at(endpoint);
        }
        Home home = Home.installed();
        return Swarm.running(home)
                .map(running -> Swarm.at(running.grpc()))
                .orElseThrow(() -> new UsageException("this needs a swarm that goes on running: "
                        + Swarm.why(RunFile.read(home.runFile())) + ", or name one with --endpoint"));
    }

    /** For a task: one that runs a pinned plan needs the swarm that keeps it. */
    Swarm connect(Task task, PrintWriter progress) {
        return task.getPinnedPlan().isEmpty() ? connect(progress) : connectKept();
    }

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
