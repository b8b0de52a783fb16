package dev.pinfactory.orchestrator.cli;

import dev.pinfactory.proto.plan.PlanDifference;
import dev.pinfactory.proto.v1.PinnedPlan;
import dev.pinfactory.proto.v1.PlanTaskRequest;
import dev.pinfactory.proto.v1.PlanTaskResponse;
import dev.pinfactory.proto.v1.Task;
import io.grpc.StatusRuntimeException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code pin plan golden}: whether the router still makes the plans that it made. */
@Command(
        name = "golden",
        mixinStandardHelpOptions = true,
        description = "Plans each task of a file anew, and says where its plan is no longer the pinned one.",
        footer = {
            "",
            "The file is a list of tasks, each with the plan that it has to get (see examples/golden.yaml):",
            "  - pinned: expense-claim@1   # and nothing else: the task that was pinned",
            "  - pinned: expense-claim",
            "    instruction: …            # other words that have to give the same plan",
            "Exit codes: 0 all as pinned, 1 some differ (or internal error), 2 usage."
        })
final class PlanGoldenCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "Tasks with their pinned plans (YAML or JSON).")
    private Path file = Path.of("");

    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli
    private SwarmOptions swarmOptions;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() {
        List<GoldenTask> tasks = GoldenTask.read(file);
        PrintWriter out = spec.commandLine().getOut();
        int different = 0;
        try (Swarm swarm = swarmOptions.connectKept()) {
            for (int i = 0; i < tasks.size(); i++) {
                Outcome outcome = outcome(swarm, tasks.get(i));
                out.println((i + 1) + "  " + outcome.plan() + (outcome.asPinned() ? "  as pinned" : "  differs"));
                outcome.differences().forEach(difference -> out.println("     " + difference));
                out.flush();
                different += outcome.asPinned() ? 0 : 1;
            }
        }
        out.println(
                different == 0
                        ? "All " + tasks.size() + " as pinned."
                        : different + " of " + tasks.size() + (different == 1 ? " differs." : " differ."));
        out.flush();
        return different == 0 ? 0 : PlanDiffCommand.DIFFERENT;
    }

    /**
     * What one task came to.
     *
     * @param plan that it should have got
     */
    private record Outcome(String plan, List<String> differences) {
        boolean asPinned() {
            return differences.isEmpty();
        }
    }

    /** A task that can't be planned at all is one that differs: the tasks behind it are looked at all the same. */
    private static Outcome outcome(Swarm swarm, GoldenTask golden) {
        String plan = golden.pinned();
        try {
            PinnedPlan pinned = new PinnedPlans(swarm).get(golden.pinned());
            plan = PinnedPlans.called(pinned);
            return new Outcome(plan, differences(swarm, golden.toPlan(pinned), pinned));
        } catch (StatusRuntimeException e) {
            if (Failures.isForEveryRequest(e)) {
                throw e;
            }
            return new Outcome(plan, Failures.lines(e));
        }
    }

    private static List<String> differences(Swarm swarm, Task task, PinnedPlan pinned) {
        PlanTaskResponse response = swarm.calls()
                .withDeadlineAfter(1, TimeUnit.MINUTES)
                .planTask(PlanTaskRequest.newBuilder().setTask(task).build());
        if (!response.hasPlan()) {
            return List.of("is refused now, " + PinnedPlans.said(response.getRefusal()));
        }
        ComparedPlan now = new ComparedPlan(response.getPlan(), task.getInstruction());
        return ComparedPlan.of(pinned).against(now).stream()
                .map(PlanDifference::toString)
                .toList();
    }
}
