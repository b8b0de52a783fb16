package dev.pinfactory.orchestrator.cli;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import com.google.protobuf.util.Timestamps;
import dev.pinfactory.proto.digest.Digests;
import dev.pinfactory.proto.v1.InputDescription;
import dev.pinfactory.proto.v1.PinnedPlan;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code pin plan show}: a pinned plan with what it was made for. */
@Command(name = "show", mixinStandardHelpOptions = true, description = "Shows a pinned plan with what it was made for.")
final class PlanShowCommand implements Callable<Integer> {
    @Parameters(paramLabel = "NAME[@VERSION]", description = "The latest version where none is named.")
    private String pinned = "";

    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli
    private SwarmOptions swarmOptions;

    @Option(names = "--json", description = "Print the pinned plan as JSON.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws InvalidProtocolBufferException {
        PrintWriter out = spec.commandLine().getOut();
        PinnedPlan plan;
        try (Swarm swarm = swarmOptions.connectKept()) {
            plan = new PinnedPlans(swarm).get(pinned);
        }
        if (json) {
            out.println(JsonFormat.printer().print(plan));
        } else {
            print(plan, out);
        }
        out.flush();
        return 0;
    }

    private static void print(PinnedPlan plan, PrintWriter out) {
        out.println(Ansi.AUTO.string("@|bold " + PinnedPlans.called(plan) + "|@") + "  pinned "
                + Timestamps.toString(plan.getCreatedAt()));
        out.println("  instruction: " + plan.getInstruction().strip());
        String inputs =
                plan.getInputsList().stream().map(PlanShowCommand::input).collect(Collectors.joining(", "));
        out.println("  inputs: " + (inputs.isEmpty() ? "none" : inputs));
        if (plan.hasOutputSchema()) {
            out.println("  with an output schema");
        }
        new PlanView(Ansi.AUTO).print(plan.getPlan(), out);
        out.println("Cards");
        plan.getContractsList().forEach(card -> out.println("  " + card.getId() + "  " + Digests.of(card)));
    }

    private static String input(InputDescription input) {
        return input.getName() + " (" + (input.getMany() ? "list of " : "") + input.getType() + ")";
    }
}
