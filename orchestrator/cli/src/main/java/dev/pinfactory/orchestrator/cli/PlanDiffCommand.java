package dev.pinfactory.orchestrator.cli;

import dev.pinfactory.proto.plan.PinReference;
import dev.pinfactory.proto.plan.PlanDifference;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code pin plan diff}: where two plans do not do the same. */
@Command(
        name = "diff",
        mixinStandardHelpOptions = true,
        description = {
            "Says where two plans do not do the same: steps, bindings, parameters, conditions, fallbacks, places of the result,",
            "and what they leave unmet.",
            "Confidences, reasons and candidates count for nothing."
        },
        footer = "Exit codes: 0 equal, 1 different (or internal error), 2 usage.")
final class PlanDiffCommand implements Callable<Integer> {
    static final int DIFFERENT = 1;

    @Parameters(
            index = "0",
            paramLabel = "A",
            description = "NAME[@VERSION] of a pinned plan, or a JSON file of a plan.")
    private String before = "";

    @Parameters(index = "1", paramLabel = "B", description = "The other one.")
    private String after = "";

    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli
    private SwarmOptions swarmOptions;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() {
        List<PlanDifference> differences = plan(before).against(plan(after));
        PrintWriter out = spec.commandLine().getOut();
        if (differences.isEmpty()) {
            out.println("The plans are equal.");
        }
        differences.forEach(out::println);
        out.flush();
        return differences.isEmpty() ? 0 : DIFFERENT;
    }

    /** No name of a pinned plan has a dot or a slash; a file can always be called with one. */
    private ComparedPlan plan(String named) {
        if (PinReference.parse(named).isEmpty()) {
            return ComparedPlan.read(Path.of(named));
        }
        try (Swarm swarm = swarmOptions.connectKept()) {
            return ComparedPlan.of(new PinnedPlans(swarm).get(named));
        }
    }
}
