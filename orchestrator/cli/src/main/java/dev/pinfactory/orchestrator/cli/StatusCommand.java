package dev.pinfactory.orchestrator.cli;

import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code pin status}: what runs on this machine. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = "Shows the swarm that runs on this machine.",
        footer = "Exit codes: 0 all processes run, 4 some are gone or still start, 1 no swarm.")
final class StatusCommand implements Callable<Integer> {
    static final int SOME_ARE_GONE = 4;
    private static final long PATIENCE_SECONDS = 5;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        Optional<RunFile> file = RunFile.read(Home.installed().runFile());
        if (file.isEmpty() || !file.get().isAlive()) {
            out.println("No swarm is running. './pin up' starts one.");
            return 1;
        }
        print(file.get(), out);
        return file.get().isUp() ? 0 : SOME_ARE_GONE;
    }

    static void print(RunFile running, PrintWriter out) {
        for (RunFile.Running process : running.processes()) {
            out.printf("  %-13s pid %-8d %s%n", process.role(), process.pid(), process.isAlive() ? "running" : "gone");
        }
        if (running.grpc().isEmpty()) {
            out.println("  It is not complete: it is starting, or its start was killed.");
            out.flush();
            return;
        }
        out.println("  REST          " + running.rest() + "/v1/tasks   (API page: " + running.rest() + "/docs)");
        out.println("  gRPC          " + running.grpc() + "   "
                + (RoleProcesses.healthy(running.grpc(), PATIENCE_SECONDS) ? "healthy" : "not healthy"));
        if (!running.gateway().isEmpty()) {
            out.println("  gateway       " + running.gateway() + "   (REST and gRPC; clients trust "
                    + Home.installed().data().resolve("tls/gateway.crt") + ")");
        }
        out.println("  registry      " + running.registry() + "   (specialists register here)");
        out.flush();
    }
}
