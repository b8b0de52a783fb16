package dev.pinfactory.orchestrator.cli;

import dev.pinfactory.proto.rest.ResultJson;
import dev.pinfactory.proto.v1.StreamTaskRequest;
import dev.pinfactory.proto.v1.Task;
import dev.pinfactory.proto.v1.TaskEvent;
import dev.pinfactory.proto.v1.TaskResult;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code pin run}: runs a task and shows plan, timeline and result. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description = "Runs a task and shows the plan, a timeline of the steps, and the result with its sources.",
        footer = {
            "",
            "Examples:",
            "  ./pin run examples/expense-claim.yaml",
            "  ./pin run --pinned expense-claim --input email=@mail.txt --input receipt=@receipt.txt",
            "  ./pin run -i \"What language is this, and is the customer angry?\" --input message=@mail.txt",
            "Exit codes: 0 complete, 3 partial, 4 failed or cancelled, 5 refused, 1 internal error, 2 usage."
        })
final class RunCommand implements Callable<Integer> {
    private static final long WAIT_MINUTES = 10;

    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli
    private TaskOptions options;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private SwarmOptions swarmOptions;

    @Option(names = "--json", description = "Print the TaskResult alone, as JSON.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() {
        Task task = options.task();
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        TaskResult result;
        try (Swarm swarm = swarmOptions.connect(task, err)) {
            result = run(swarm, task, new Progress(err));
        }
        if (json) {
            out.println(ResultJson.print(result));
        } else {
            Ansi ansi = Ansi.AUTO;
            new PlanView(ansi).print(result.getPlan(), out);
            new TimelineView(ansi).print(result, out);
            new ResultView(ansi).print(result, out);
        }
        out.flush();
        return exitCode(result.getStatus());
    }

    private static TaskResult run(Swarm swarm, Task task, Progress progress) {
        var events = swarm.calls()
                .withDeadlineAfter(WAIT_MINUTES, TimeUnit.MINUTES)
                .streamTask(StreamTaskRequest.newBuilder().setTask(task).build());
        while (events.hasNext()) {
            TaskEvent event = events.next().getEvent();
            progress.show(event);
            if (event.hasEnded()) {
                return event.getEnded();
            }
        }
        throw new IllegalStateException("the swarm closed the stream before the task ended");
    }

    static int exitCode(TaskResult.Status status) {
        return switch (status) {
            case COMPLETE -> 0;
            case PARTIAL -> 3;
            case FAILED, CANCELLED -> 4;
            case REFUSED -> 5;
            case STATUS_UNSPECIFIED, UNRECOGNIZED -> Pin.INTERNAL_ERROR;
        };
    }
}
