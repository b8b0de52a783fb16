package dev.pinfactory.orchestrator.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code pin down}: stops what {@code pin up} started. */
@Command(name = "down", mixinStandardHelpOptions = true, description = "Stops the swarm that runs on this machine.")
final class DownCommand implements Callable<Integer> {
    private static final long STOP_SECONDS = 30;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        Home home = Home.installed();
        Optional<RunFile> file = RunFile.read(home.runFile());
        List<RunFile.Running> alive = file.map(RunFile::processes).orElse(List.of()).stream()
                .filter(RunFile.Running::isAlive)
                .toList();
        if (alive.isEmpty()) {
            out.println("No swarm is running.");
            home.runFile().toFile().delete();
            return 0;
        }
        for (RunFile.Running process : alive.reversed()) {
            stop(process, out);
        }
        home.runFile().toFile().delete();
        return 0;
    }

    private static void stop(RunFile.Running process, PrintWriter out) throws InterruptedException {
        Optional<ProcessHandle> running = process.handle();
        if (running.isEmpty()) {
            return;
        }
        ProcessHandle handle = running.get();
        handle.destroy();
        try {
            handle.onExit().get(STOP_SECONDS, TimeUnit.SECONDS);
            out.println("Stopped the " + process.role() + ".");
        } catch (TimeoutException | ExecutionException e) {
            handle.destroyForcibly();
            out.println("The " + process.role() + " did not stop within " + STOP_SECONDS + " s and was killed.");
        }
        out.flush();
    }
}
