package dev.pinfactory.orchestrator.cli;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import dev.pinfactory.proto.v1.ListSpecialistsRequest;
import dev.pinfactory.proto.v1.ListSpecialistsResponse;
import dev.pinfactory.proto.v1.Port;
import dev.pinfactory.proto.v1.SpecialistSummary;
import dev.pinfactory.proto.v1.VersionSummary;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code pin specialists}: what the swarm can do. */
@Command(name = "specialists", mixinStandardHelpOptions = true, description = "Lists the specialists of the swarm.")
final class SpecialistsCommand implements Callable<Integer> {
    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli
    private SwarmOptions swarmOptions;

    @Option(names = "--json", description = "Print the answer as JSON.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws InvalidProtocolBufferException {
        PrintWriter out = spec.commandLine().getOut();
        ListSpecialistsResponse response;
        try (Swarm swarm = swarmOptions.connect(spec.commandLine().getErr())) {
            response = swarm.calls()
                    .withDeadlineAfter(30, TimeUnit.SECONDS)
                    .listSpecialists(ListSpecialistsRequest.getDefaultInstance());
        }
        if (json) {
            out.println(JsonFormat.printer().print(response));
        } else {
            response.getSpecialistsList().forEach(specialist -> print(specialist, out));
        }
        out.flush();
        return 0;
    }

    private static void print(SpecialistSummary specialist, PrintWriter out) {
        var contract = specialist.getContract();
        String versions = specialist.getVersionsList().stream()
                .map(SpecialistsCommand::version)
                .collect(Collectors.joining(", "));
        out.println(Ansi.AUTO.string("@|bold,cyan " + PlanView.escaped(contract.getId()) + "|@") + "  "
                + ports(contract.getInputsList()) + " → " + ports(contract.getOutputsList()) + "  " + versions
                + (specialist.getAvailable() ? "" : "  not available"));
        out.println("  " + contract.getSummary());
    }

    private static String version(VersionSummary version) {
        return version.getVersion().getNumber() + " "
                + version.getState().name().toLowerCase(Locale.ROOT)
                + (version.getWeightPercent() > 0 ? " " + version.getWeightPercent() + " %" : "");
    }

    private static String ports(List<Port> ports) {
        return ports.stream()
                .map(port ->
                        port.getName().equals(port.getType()) ? port.getType() : port.getName() + ": " + port.getType())
                .collect(Collectors.joining(", "));
    }
}
