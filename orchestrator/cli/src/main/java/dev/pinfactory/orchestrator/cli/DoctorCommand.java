package dev.pinfactory.orchestrator.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code pin doctor}: whether this machine has what a swarm needs. */
@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        description = "Checks JDK, Maven, ports, disk and memory, and says what is missing.",
        footer = "Exit codes: 0 all is well, 1 something is missing.")
final class DoctorCommand implements Callable<Integer> {
    private static final long NEEDED_DISK_BYTES = 2L << 30;
    /** A heap of 1 GiB, and what models, code and threads take beside it. */
    private static final long NEEDED_MEMORY_BYTES = 1536L << 20;

    /** Five heaps of 2 GiB together. */
    private static final long PROCESSES_MEMORY_BYTES = 3072L << 20;

    private static final int[] PORTS = {8080, 9090, 9101, 9102, 9103, 9201, 9202, 8443};

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    private boolean well = true;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        Home home = Home.installed();
        check(
                out,
                Runtime.version().feature() == 25,
                "JDK 25",
                System.getProperty("java.home") + " (" + Runtime.version() + ")");
        String maven = mavenVersion();
        check(out, !maven.isEmpty(), "Maven", maven.isEmpty() ? "not found; 3.8.7 or newer is needed to build" : maven);
        boolean ownSwarm = Swarm.running(home).isPresent();
        for (int port : PORTS) {
            boolean free = Ports.isFree(port);
            check(
                    out,
                    free || ownSwarm,
                    "port " + port,
                    free
                            ? "free"
                            : ownSwarm
                                    ? "used by the running swarm"
                                    : "taken by another program; choose others with 'pin up' options");
        }
        long disk = Files.getFileStore(home.root()).getUsableSpace();
        check(
                out,
                disk >= NEEDED_DISK_BYTES,
                "disk",
                (disk >> 20) + " MiB free at " + home.root() + ", 2048 MiB are enough");
        Memory memory = Memory.ofThisMachine();
        check(
                out,
                memory.available() >= NEEDED_MEMORY_BYTES,
                "memory",
                (memory.available() >> 20) + " MiB of " + (memory.total() >> 20) + " MiB available, "
                        + (NEEDED_MEMORY_BYTES >> 20) + " MiB are enough (" + (PROCESSES_MEMORY_BYTES >> 20)
                        + " MiB for 'pin up --processes')");
        check(out, true, "Pinfactory", spec.root().version()[0] + " at " + home.root());
        out.println(ownSwarm ? "A swarm is running; './pin status' shows it." : "No swarm is running.");
        return well ? 0 : 1;
    }

    private void check(PrintWriter out, boolean passed, String what, String detail) {
        well &= passed;
        out.printf("%-8s %-11s %s%n", passed ? "ok" : "MISSING", what, detail);
        out.flush();
    }

    private static String mavenVersion() {
        List<String> said = Programs.lines("mvn", "-v");
        return said.isEmpty() ? "" : said.getFirst().replaceAll("\u001B\\[[0-9;]*m", "");
    }
}
