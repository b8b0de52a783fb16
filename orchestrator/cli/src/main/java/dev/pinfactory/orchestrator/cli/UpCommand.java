package dev.pinfactory.orchestrator.cli;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code pin up}: starts a swarm that stays. */
@Command(
        name = "up",
        mixinStandardHelpOptions = true,
        description =
                "Starts a swarm that stays, on loopback: everything in one process, or one process for each role.")
final class UpCommand implements Callable<Integer> {
    @Option(
            names = "--processes",
            description = "One process for each role, with the gateway in front (TLS, port 8443).")
    private boolean processes;

    @Option(names = "--rest-port", defaultValue = "8080", description = "REST port, ${DEFAULT-VALUE} by default.")
    private int restPort;

    @Option(names = "--grpc-port", defaultValue = "9090", description = "gRPC port, ${DEFAULT-VALUE} by default.")
    private int grpcPort;

    @Option(
            names = "--registry-port",
            defaultValue = "9101",
            description = "Where specialists of other processes register, ${DEFAULT-VALUE} by default.")
    private int registryPort;

    @Option(
            names = "--gateway-port",
            defaultValue = "8443",
            description = "The gateway's TLS port with --processes, ${DEFAULT-VALUE} by default.")
    private int gatewayPort;

    @Option(
            names = "--authenticated",
            description = "Calls need a token, as elsewhere; 'pin token' makes one for this machine.")
    private boolean authenticated;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        Home home = Home.installed();
        Ports ports = new Ports(restPort, grpcPort, registryPort, gatewayPort);
        RunFile running;
        try (Startup startup = Startup.begin(home)) {
            Optional<RunFile> before = RunFile.read(home.runFile()).filter(RunFile::isAlive);
            if (before.isPresent()) {
                return alreadyRunning(before.get(), out);
            }
            ports.check(processes);
            List<String> issuer = authenticated ? LocalIssuer.in(home.data()).properties() : List.of();
            running = processes
                    ? new RoleProcesses(home, ports, startup, out).start(issuer)
                    : startOne(home, ports, issuer, startup, out);
            startup.complete(running);
        }
        StatusCommand.print(running, out);
        out.println("Logs are in " + home.logs() + "; './pin down' stops it.");
        return 0;
    }

    private static int alreadyRunning(RunFile running, PrintWriter out) {
        if (running.isUp()) {
            out.println("A swarm is running already; './pin down' stops it.");
            StatusCommand.print(running, out);
            return 0;
        }
        out.println("Parts of a swarm are left here; './pin down' stops them, then './pin up' starts a new one.");
        StatusCommand.print(running, out);
        return StatusCommand.SOME_ARE_GONE;
    }

    /** @param properties of the orchestrator, which is one of several contexts there */
    private static RunFile startOne(Home home, Ports ports, List<String> properties, Startup startup, PrintWriter out) {
        out.println("Starting the swarm in one process.");
        out.flush();
        // Its own, because the command's run file is there from the moment the process is.
        Path ready = home.runFile().resolveSibling("standalone.json");
        ready.toFile().delete();
        List<String> options = new ArrayList<>(List.of("-Xmx1g"));
        properties.forEach(property -> options.add("-D" + property));
        List<String> command = new ArrayList<>(home.standalone(Swarm.STANDALONE, options));
        command.addAll(List.of(
                RoleProcesses.JSON_LOGS,
                "--pinfactory.data-dir=" + home.data(),
                "--pinfactory.run-file=" + ready,
                "--pinfactory.rest-port=" + ports.rest(),
                "--pinfactory.grpc-port=" + ports.grpc(),
                "--pinfactory.registry-port=" + ports.registry()));
        startup.start("standalone", command).awaitReady(() -> Files.exists(ready));
        return RunFile.read(ready).orElseThrow();
    }
}
