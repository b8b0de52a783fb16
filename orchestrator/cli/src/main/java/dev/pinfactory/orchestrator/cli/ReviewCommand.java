package dev.pinfactory.orchestrator.cli;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Value;
import com.google.protobuf.util.Durations;
import com.google.protobuf.util.JsonFormat;
import com.google.protobuf.util.Timestamps;
import dev.pinfactory.proto.v1.ClaimReviewRequest;
import dev.pinfactory.proto.v1.Correction;
import dev.pinfactory.proto.v1.Doubt;
import dev.pinfactory.proto.v1.ListReviewsRequest;
import dev.pinfactory.proto.v1.ListReviewsResponse;
import dev.pinfactory.proto.v1.ResolveReviewRequest;
import dev.pinfactory.proto.v1.ResolveReviewRequest.Decision;
import dev.pinfactory.proto.v1.Review;
import dev.pinfactory.proto.v1.TaskResult;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code pin review}: the tasks that somebody has to look at. */
@Command(
        name = "review",
        mixinStandardHelpOptions = true,
        description = "Lists, claims and decides the tasks that somebody has to look at.",
        subcommands = {ReviewCommand.ListReviews.class, ReviewCommand.Claim.class, ReviewCommand.Resolve.class},
        footer = {
            "",
            "A task needs a review where specialists disagree, would not say, or are not as sure as was asked for.",
            "It needs the role reviewer, where authentication is configured."
        })
final class ReviewCommand implements Callable<Integer> {
    private static final long SECONDS = 30;
    private static final int SHOWN = 80;

    @Override
    public Integer call() {
        throw new UsageException(
                "say what to do: 'pin review list', 'pin review claim TASK' or 'pin review resolve TASK'");
    }

    /** {@code pin review list}. */
    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "Lists what waits, the longest waiting first, at most 200.")
    static final class ListReviews implements Callable<Integer> {
        private static final int MOST = 200;

        @Mixin
        @SuppressWarnings("NullAway.Init") // set by picocli
        private SwarmOptions swarmOptions;

        @Option(names = "--unclaimed", description = "Leave out what somebody works on.")
        private boolean unclaimed;

        @Option(names = "--json", description = "Print the list as JSON.")
        private boolean json;

        @Spec
        @SuppressWarnings("NullAway.Init")
        private CommandSpec spec;

        @Override
        public Integer call() throws InvalidProtocolBufferException {
            ListReviewsResponse reviews;
            try (Swarm swarm = swarmOptions.connectKept()) {
                reviews = swarm.calls()
                        .withDeadlineAfter(SECONDS, TimeUnit.SECONDS)
                        .listReviews(ListReviewsRequest.newBuilder()
                                .setPageSize(MOST)
                                .setUnclaimed(unclaimed)
                                .build());
            }
            PrintWriter out = spec.commandLine().getOut();
            if (json) {
                out.println(JsonFormat.printer().print(reviews));
            } else if (reviews.getReviewsCount() == 0) {
                out.println("Nothing waits for a review.");
            } else {
                reviews.getReviewsList().forEach(review -> print(review, out));
            }
            out.flush();
            return 0;
        }
    }

    /** {@code pin review claim}. */
    @Command(
            name = "claim",
            mixinStandardHelpOptions = true,
            description = "Takes a review, so that nobody else does; again to keep it longer.")
    static final class Claim implements Callable<Integer> {
        @Mixin
        @SuppressWarnings("NullAway.Init")
        private SwarmOptions swarmOptions;

        @Parameters(paramLabel = "TASK", description = "Id of the task.")
        private String task = "";

        @Option(
                names = "--minutes",
                defaultValue = "15",
                description = "How long it stays yours; ${DEFAULT-VALUE} if not given.")
        private int minutes;

        @Spec
        @SuppressWarnings("NullAway.Init")
        private CommandSpec spec;

        @Override
        public Integer call() {
            Review review;
            try (Swarm swarm = swarmOptions.connectKept()) {
                review = swarm.calls()
                        .withDeadlineAfter(SECONDS, TimeUnit.SECONDS)
                        .claimReview(ClaimReviewRequest.newBuilder()
                                .setTaskId(task)
                                .setLease(Durations.fromMinutes(minutes))
                                .build())
                        .getReview();
            }
            PrintWriter out = spec.commandLine().getOut();
            print(review, out);
            out.flush();
            return 0;
        }
    }

    /** {@code pin review resolve}. */
    @Command(
            name = "resolve",
            mixinStandardHelpOptions = true,
            description = "Decides a review: --accept, --reject, or the right values with --set.")
    static final class Resolve implements Callable<Integer> {
        @Mixin
        @SuppressWarnings("NullAway.Init")
        private SwarmOptions swarmOptions;

        @Mixin
        @SuppressWarnings("NullAway.Init")
        private Corrections corrections;

        @Parameters(paramLabel = "TASK", description = "Id of the task.")
        private String task = "";

        @Option(names = "--accept", description = "The result is right as it is.")
        private boolean accept;

        @Option(names = "--reject", description = "The result can't be used, and what would be right is not known.")
        private boolean reject;

        @Option(names = "--note", paramLabel = "TEXT", description = "For people. Not learnt from.")
        private String note = "";

        @Spec
        @SuppressWarnings("NullAway.Init")
        private CommandSpec spec;

        @Override
        public Integer call() {
            List<Correction> right = corrections.all();
            int decisions = (accept ? 1 : 0) + (reject ? 1 : 0) + (right.isEmpty() ? 0 : 1);
            if (decisions != 1) {
                throw new UsageException("say one of --accept, --reject, or what is right with --set POINTER=TEXT");
            }
            Decision decision = accept ? Decision.ACCEPTED : reject ? Decision.REJECTED : Decision.CORRECTED;
            TaskResult result;
            try (Swarm swarm = swarmOptions.connectKept()) {
                result = swarm.calls()
                        .withDeadlineAfter(SECONDS, TimeUnit.SECONDS)
                        .resolveReview(ResolveReviewRequest.newBuilder()
                                .setTaskId(task)
                                .setDecision(decision)
                                .addAllCorrections(right)
                                .setNote(note)
                                .build())
                        .getResult();
            }
            PrintWriter out = spec.commandLine().getOut();
            out.println("task " + result.getTaskId() + " is " + decision.name().toLowerCase(Locale.ROOT) + ", revision "
                    + result.getRevisionsCount());
            out.flush();
            return 0;
        }
    }

    private static void print(Review review, PrintWriter out) {
        String mine = review.getClaimedBy().isEmpty()
                ? ""
                : "  " + line(review.getClaimedBy()) + " until " + Timestamps.toString(review.getClaimedUntil());
        out.println(review.getTaskId() + "  " + Timestamps.toString(review.getEndedAt()) + "  "
                + line(review.getInstruction()) + mine);
        for (Doubt doubt : review.getDoubtsList()) {
            out.println("  " + line(doubt.getPointer()) + " is " + value(doubt.getValue()) + ": "
                    + line(doubt.getDetail()));
        }
    }

    private static String line(String text) {
        return PlanView.line(text, SHOWN);
    }

    private static String value(Value value) {
        try {
            return line(JsonFormat.printer().omittingInsignificantWhitespace().print(value));
        } catch (InvalidProtocolBufferException e) {
            return "no JSON";
        }
    }
}
