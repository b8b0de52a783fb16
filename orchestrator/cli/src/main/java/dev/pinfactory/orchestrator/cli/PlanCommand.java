package dev.pinfactory.orchestrator.cli;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import dev.pinfactory.proto.v1.PlanTaskRequest;
import dev.pinfactory.proto.v1.PlanTaskResponse;
import dev.pinfactory.proto.v1.Task;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
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
        footer = "Exit codes: 0 planned, 5 refused, 1 internal error, 2 usage.")
final class PlanCommand implements Callable<Integer> {
    private static final int REFUSED = 5;

    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli
    private TaskOptions options;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private SwarmOptions swarmOptions;

    @Option(names = "--json", description = "Print the plan, or the refusal, as JSON.")
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
        PlanTaskResponse response;
        try (Swarm swarm = swarmOptions.connect(spec.commandLine().getErr())) {
            response = swarm.calls()
                    .withDeadlineAfter(1, TimeUnit.MINUTES)
                    .planTask(PlanTaskRequest.newBuilder().setTask(task).build());
        }
        if (json) {
            out.println(JsonFormat.printer().print(response.hasPlan() ? response.getPlan() : response.getRefusal()));
        } else if (response.hasPlan()) {
            new PlanView(Ansi.AUTO, explain).print(response.getPlan(), out);
        } else {
            new RefusalView(Ansi.AUTO).print(response.getRefusal(), out);
        }
        out.flush();
        return response.hasPlan() ? 0 : REFUSED;
    }
}
