package dev.pinfactory.orchestrator.cli;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import dev.pinfactory.proto.v1.Feedback;
import dev.pinfactory.proto.v1.GiveFeedbackRequest;
import dev.pinfactory.proto.v1.PlanFeedback;
import dev.pinfactory.proto.v1.TaskResult;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code pin feedback}: says what is right where a result is wrong. */
@Command(
        name = "feedback",
        mixinStandardHelpOptions = true,
        description = "Says what is right where a task's result is wrong, or whether its plan was right.",
        footer = {
            "",
            "The result gets a revision. The specialist that was wrong learns from it where the task had the label",
            "training-consent=true."
        })
final class FeedbackCommand implements Callable<Integer> {
    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli
    private SwarmOptions swarmOptions;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private Corrections corrections;

    @Parameters(paramLabel = "TASK", description = "Id of the task, as its result shows it.")
    private String task = "";

    @Option(names = "--plan", paramLabel = "RIGHT|WRONG", description = "Whether the task was understood.")
    @Nullable
    private String plan;

    @Option(names = "--note", paramLabel = "TEXT", description = "For people. Not learnt from.")
    private String note = "";

    @Option(names = "--json", description = "Print the task as it is now as JSON.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws InvalidProtocolBufferException {
        Feedback.Builder feedback =
                Feedback.newBuilder().addAllCorrections(corrections.all()).setNote(note);
        if (plan != null) {
            feedback.setPlan(PlanFeedback.newBuilder().setVerdict(verdict(plan)));
        }
        if (feedback.getCorrectionsCount() == 0 && !feedback.hasPlan()) {
            throw new UsageException("say what is right with --set POINTER=TEXT, or how the plan was with --plan");
        }
        TaskResult result;
        try (Swarm swarm = swarmOptions.connectKept()) {
            result = swarm.calls()
                    .withDeadlineAfter(30, TimeUnit.SECONDS)
                    .giveFeedback(GiveFeedbackRequest.newBuilder()
                            .setTaskId(task)
                            .setFeedback(feedback)
                            .build())
                    .getResult();
        }
        PrintWriter out = spec.commandLine().getOut();
        out.println(
                json
                        ? JsonFormat.printer().print(result)
                        : "revision " + result.getRevisionsCount() + " of task " + result.getTaskId()
                                + (result.getNeedsReview() ? ", which still needs a review" : ""));
        out.flush();
        return 0;
    }

    private static PlanFeedback.Verdict verdict(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "right" -> PlanFeedback.Verdict.RIGHT;
            case "wrong" -> PlanFeedback.Verdict.WRONG;
            default -> throw new UsageException("--plan is '" + word + "', expected right or wrong");
        };
    }
}
