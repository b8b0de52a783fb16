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

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        Home home = Home.installed();
        Optional<RunFile> running = Swarm.running(home);
        if (running.isPresent()) {
            out.println("A swarm is running already.");
            StatusCommand.print(running.get(), out);
            return 0;
        }
        RoleProcesses.Ports ports = new RoleProcesses.Ports(restPort, grpcPort, registryPort, gatewayPort);
        ports.checkFree(processes);
        RunFile started = processes ? new RoleProcesses(home, ports, out).start() : startOne(home, out);
        StatusCommand.print(started, out);
        out.println("Logs are in " + home.logs() + "; './pin down' stops it.");
        return 0;
    }

    private RunFile startOne(Home home, PrintWriter out) {
        out.println("Starting the swarm in one process.");
        out.flush();
        Path runFile = home.runFile();
        runFile.toFile().delete();
        Path log = home.logs().resolve("standalone.log");
        List<String> command = new ArrayList<>(home.standalone(Swarm.STANDALONE, List.of("-Xmx1g")));
        command.addAll(List.of(
                RoleProcesses.JSON_LOGS,
                "--pinfactory.data-dir=" + home.data(),
                "--pinfactory.run-file=" + runFile,
                "--pinfactory.rest-port=" + restPort,
                "--pinfactory.grpc-port=" + grpcPort,
                "--pinfactory.registry-port=" + registryPort));
        Process process = Launch.start(command, log, false);
        Launch.awaitReady("the swarm", process, log, () -> Files.exists(runFile));
        return RunFile.read(runFile).orElseThrow();
    }
}
