package dev.pinfactory.orchestrator.cli;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import dev.pinfactory.proto.v1.PinPlanResponse;
import dev.pinfactory.proto.v1.PinnedPlan;
import dev.pinfactory.proto.v1.PlanTaskRequest;
import dev.pinfactory.proto.v1.PlanTaskResponse;
import dev.pinfactory.proto.v1.Refusal;
import dev.pinfactory.proto.v1.Task;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code pin plan}: plans a task and does not run it. */
@Command(
        name = "plan",
        mixinStandardHelpOptions = true,
        description = "Plans a task without running it. Takes the same arguments as run.",
        commandListHeading = "%nPinned plans:%n",
        footer = {
            "",
            "A task file that is called like one of these commands is given as ./NAME.",
            "Exit codes: 0 planned, 5 refused, 1 internal error, 2 usage."
        },
        subcommands = {
            PlanPinsCommand.class,
            PlanShowCommand.class,
            PlanUnpinCommand.class,
            PlanDiffCommand.class,
            PlanGoldenCommand.class,
            PlanImpactCommand.class
        })
final class PlanCommand implements Callable<Integer> {
    private static final int REFUSED = 5;

    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli
    private TaskOptions options;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private SwarmOptions swarmOptions;

    @Option(
            names = "--pin",
            paramLabel = "NAME",
            description = "Freeze the plan under this name, as its next version, for 'run --pinned'.")
    private @Nullable String pin;

    @Option(names = "--json", description = "Print the plan (with --pin: the pinned plan), or the refusal, as JSON.")
    private boolean json;

    @Option(
            names = "--explain",
            description = "Say for every step which words asked for it, and who else they may have meant.")
    private boolean explain;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws InvalidProtocolBufferException {
        Task task = options.task();
        PrintWriter out = spec.commandLine().getOut();
        return pin == null ? plan(task, out) : pin(pin, task, out);
    }

    private int plan(Task task, PrintWriter out) throws InvalidProtocolBufferException {
        PlanTaskResponse response;
        try (Swarm swarm = swarmOptions.connect(task, spec.commandLine().getErr())) {
            response = swarm.calls()
                    .withDeadlineAfter(1, TimeUnit.MINUTES)
                    .planTask(PlanTaskRequest.newBuilder().setTask(task).build());
        }
        if (!response.hasPlan()) {
            return refused(response.getRefusal(), out);
        }
        if (json) {
            out.println(JsonFormat.printer().print(response.getPlan()));
        } else {
            new PlanView(Ansi.AUTO, explain).print(response.getPlan(), out);
        }
        out.flush();
        return 0;
    }

    private int pin(String name, Task task, PrintWriter out) throws InvalidProtocolBufferException {
        PinPlanResponse response;
        try (Swarm swarm = swarmOptions.connectKept()) {
            response = new PinnedPlans(swarm).pin(name, task);
        }
        if (!response.hasPinnedPlan()) {
            return refused(response.getRefusal(), out);
        }
        PinnedPlan pinned = response.getPinnedPlan();
        if (json) {
            out.println(JsonFormat.printer().print(pinned));
        } else {
            new PlanView(Ansi.AUTO, explain).print(pinned.getPlan(), out);
            out.println(PinnedPlans.called(pinned) + (response.getCreated() ? "" : " is this plan already"));
        }
        out.flush();
        return 0;
    }

    private int refused(Refusal refusal, PrintWriter out) throws InvalidProtocolBufferException {
        if (json) {
            out.println(JsonFormat.printer().print(refusal));
        } else {
            new RefusalView(Ansi.AUTO).print(refusal, out);
        }
        out.flush();
        return REFUSED;
    }
}
