package dev.pinfactory.orchestrator.cli;

import dev.pinfactory.proto.v1.ListSpecialistsRequest;
import dev.pinfactory.proto.v1.SpecialistSummary;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code pin serve}: serves what {@code pin train specialist --from} made to the swarm that runs here. */
@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        description = "Serves specialists that were trained from a file to the swarm that 'pin up' started.",
        footer = {
            "",
            "They run in a process of their own until 'pin down'. Serving the same directory again, say with a model that was "
                    + "trained anew, takes the place of what runs; for some seconds nobody answers."
        })
final class ServeCommand implements Callable<Integer> {
    private static final String MODULE = "specialists/workshop";
    private static final String CARD = "card.yaml";
    private static final String REFUSED = "is not registered: Refused";
    private static final long STOP_SECONDS = 30;

    @Parameters(
            paramLabel = "DIR",
            description =
                    "The folder that training wrote, such as specialists.d/ticket-queue, or a directory of such folders.")
    private Path directory = Path.of("");

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        serve(directory, spec.commandLine().getOut());
        return 0;
    }

    /** Returns when the swarm can call them. */
    static void serve(Path directory, PrintWriter out) throws IOException, InterruptedException {
        Path served = directory.toAbsolutePath().normalize();
        List<String> ids = ids(served);
        Home home = Home.installed();
        RunFile running = Swarm.running(home)
                .orElseThrow(() ->
                        new UsageException("there is nobody to serve to: " + Swarm.why(RunFile.read(home.runFile()))));
        String role = RunFile.Running.SERVED + served.getFileName();
        Optional<RunFile.Running> before = running.processes().stream()
                .filter(process -> process.role().equals(role) && process.isAlive())
                .findFirst();
        try (Swarm swarm = Swarm.at(running.grpc())) {
            if (before.isEmpty()) {
                refuseTaken(swarm, ids);
            } else {
                // First: what registers beside a living champion is a candidate and gets no traffic.
                stop(before.get());
            }
            String address = "127.0.0.1:" + freePort();
            Path log = home.logs().resolve(role.replaceAll("[^A-Za-z0-9.-]+", "-") + ".log");
            out.println("Starting a process that serves " + String.join(", ", ids) + ".");
            out.flush();
            Process process = Launch.start(command(home, running, served, address), log, false);
            try {
                Launch.awaitReady(role, process, log, () -> {
                    failIfRefused(log);
                    return RoleProcesses.healthy(address, 1) && isServed(swarm, ids);
                });
            } catch (UsageException e) {
                process.destroy();
                throw e;
            }
            remember(home, running, new RunFile.Running(role, process.pid()));
            out.println("The swarm has " + String.join(", ", ids) + " (pid " + process.pid() + ", log " + log
                    + "); './pin down' stops it with the rest.");
            out.flush();
        }
    }

    private static List<String> command(Home home, RunFile running, Path served, String address) {
        List<String> command = home.role(MODULE, List.of("-Xmx1g", "-XX:TieredStopAtLevel=1"));
        command.addAll(List.of(
                "--spring.grpc.server.port=" + address.substring(address.indexOf(':') + 1),
                "--pinfactory.workshop.artifacts=" + served,
                "--pinfactory.data-dir=" + home.data(),
                "--pinfactory.host.registry-address=" + running.registry(),
                RoleProcesses.JSON_LOGS));
        return command;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Another specialist of the same id would get this one's requests. */
    private static void refuseTaken(Swarm swarm, List<String> ids) {
        List<String> taken = new ArrayList<>(available(swarm));
        taken.retainAll(ids);
        if (!taken.isEmpty()) {
            throw new UsageException("the swarm has a specialist '" + String.join("', '", taken)
                    + "' already; train yours under another --name, or stop what serves it");
        }
    }

    /** The registry says no only once; waiting for a yes would take for ever. */
    private static void failIfRefused(Path log) {
        try (Stream<String> lines = Files.lines(log)) {
            Optional<String> refused =
                    lines.filter(line -> line.contains(REFUSED)).findFirst();
            if (refused.isPresent()) {
                String reason = refused.get().substring(refused.get().indexOf(REFUSED) + REFUSED.length());
                throw new UsageException(
                        "the registry refuses it: " + PlanView.escaped(reason.replaceAll("\\]?\".*", "")));
            }
        } catch (IOException | UncheckedIOException e) {
            // The log is only there to tell more.
        }
    }

    private static void remember(Home home, RunFile running, RunFile.Running started) {
        List<RunFile.Running> processes = new ArrayList<>(running.processes().stream()
                .filter(one -> !one.role().equals(started.role()))
                .toList());
        processes.add(started);
        new RunFile(running.grpc(), running.rest(), running.registry(), running.gateway(), processes)
                .write(home.runFile());
    }

    /** Those of the cards, read as text: the process that serves them checks the rest. */
    private static List<String> ids(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            throw new UsageException("there is no directory " + directory);
        }
        List<Path> cards;
        try (Stream<Path> entries = Files.list(directory)) {
            cards = Stream.concat(Stream.of(directory), entries)
                    .map(folder -> folder.resolve(CARD))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
        }
        if (cards.isEmpty()) {
            throw new UsageException(directory + " has no " + CARD + "; 'pin train specialist --from FILE' writes one");
        }
        // A folder with a card is itself what is served, as the process that serves it sees it.
        Path own = directory.resolve(CARD);
        return (cards.contains(own) ? List.of(own) : cards)
                .stream().map(card -> CardFile.read(card).getContract().getId()).toList();
    }

    private static boolean isServed(Swarm swarm, List<String> ids) {
        try {
            return available(swarm).containsAll(ids);
        } catch (StatusRuntimeException e) {
            return false;
        }
    }

    private static List<String> available(Swarm swarm) {
        return swarm
                .calls()
                .withDeadlineAfter(5, TimeUnit.SECONDS)
                .listSpecialists(ListSpecialistsRequest.getDefaultInstance())
                .getSpecialistsList()
                .stream()
                .filter(SpecialistSummary::getAvailable)
                .map(specialist -> specialist.getContract().getId())
                .toList();
    }

    private static void stop(RunFile.Running before) throws InterruptedException {
        Optional<ProcessHandle> handle = before.handle();
        if (handle.isEmpty()) {
            return;
        }
        handle.get().destroy();
        try {
            handle.get().onExit().get(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException e) {
            handle.get().destroyForcibly();
        }
    }
}
