package dev.pinfactory.orchestrator.cli;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import com.google.protobuf.util.Timestamps;
import dev.pinfactory.proto.plan.PinReference;
import dev.pinfactory.proto.v1.ListPinnedPlansResponse;
import dev.pinfactory.proto.v1.PinnedPlanSummary;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code pin plan pins}: which plans are pinned. */
@Command(name = "pins", mixinStandardHelpOptions = true, description = "Lists the pinned plans.")
final class PlanPinsCommand implements Callable<Integer> {
    private static final int SHOWN = 80;

    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli
    private SwarmOptions swarmOptions;

    @Option(names = "--json", description = "Print the list as JSON.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws InvalidProtocolBufferException {
        PrintWriter out = spec.commandLine().getOut();
        List<PinnedPlanSummary> pinned;
        try (Swarm swarm = swarmOptions.connectKept()) {
            pinned = new PinnedPlans(swarm).list();
        }
        if (json) {
            out.println(JsonFormat.printer()
                    .print(ListPinnedPlansResponse.newBuilder().addAllPinnedPlans(pinned)));
        } else if (pinned.isEmpty()) {
            out.println("No plan is pinned. './pin plan … --pin NAME' pins one.");
        } else {
            pinned.forEach(plan -> print(plan, out));
        }
        out.flush();
        return 0;
    }

    private static void print(PinnedPlanSummary plan, PrintWriter out) {
        String called = PinReference.of(plan.getName(), plan.getVersion()).toString();
        out.println(called + "  " + Timestamps.toString(plan.getCreatedAt()) + "  " + plan.getSteps()
                + (plan.getSteps() == 1 ? " step  " : " steps  ")
                + PlanView.line(plan.getInstruction(), SHOWN));
    }
}
