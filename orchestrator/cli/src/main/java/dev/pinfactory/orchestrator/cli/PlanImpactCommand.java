package dev.pinfactory.orchestrator.cli;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import dev.pinfactory.proto.v1.AssessCardRequest;
import dev.pinfactory.proto.v1.AssessCardResponse;
import dev.pinfactory.proto.v1.AssessmentProgress;
import dev.pinfactory.proto.v1.CardImpact;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code pin plan impact}: what a card would change before it takes traffic. */
@Command(
        name = "impact",
        mixinStandardHelpOptions = true,
        description = {
            "Says what a card would change if it took traffic: which pinned plans, golden tasks and recent requests would get another plan,",
            "and which specialists it is nearly the same as. Nothing is registered, and nothing runs.",
            "A card with the id of a specialist is looked at in its place."
        },
        footer = {
            "",
            "Pinned plans and recent requests are those that the swarm keeps for you; a private swarm has none.",
            "Exit codes: 0 changes nothing that works today, 1 changes some of it or is nearly the same as another (or internal error), 2 usage."
        })
final class PlanImpactCommand implements Callable<Integer> {
    private static final long MINUTES = 10;

    @Parameters(paramLabel = "CARD", description = "The card (card.yaml, or JSON).")
    private Path card = Path.of("");

    @Option(
            names = "--golden",
            paramLabel = "FILE",
            description = "Golden tasks that have to keep their pinned plans, as for 'plan golden'.")
    private @Nullable Path golden;

    @Option(
            names = "--recent",
            paramLabel = "N",
            defaultValue = "200",
            description = "Look at the last N different requests, at most 1000. Default: ${DEFAULT-VALUE}.")
    private int recent;

    @Option(
            names = "--examples",
            paramLabel = "N",
            defaultValue = "5",
            description = "Show N of the requests that would change, at most 50. Default: ${DEFAULT-VALUE}.")
    private int examples;

    @Option(names = "--json", description = "Print the report as JSON.")
    private boolean json;

    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli
    private SwarmOptions swarmOptions;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws InvalidProtocolBufferException {
        AssessCardRequest.Builder request = AssessCardRequest.newBuilder()
                .setCard(CardFile.read(card))
                .setRecent(recent)
                .setMaxExamples(examples);
        if (golden != null) {
            GoldenTask.read(golden).forEach(task -> request.addGoldenTasks(task.message()));
        }
        CardImpact impact = assess(request.build());
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(JsonFormat.printer().alwaysPrintFieldsWithNoPresence().print(impact));
        } else {
            new ImpactView(Ansi.AUTO).print(impact, out);
        }
        out.flush();
        return ImpactView.changesWhatWorks(impact) ? PlanDiffCommand.DIFFERENT : 0;
    }

    private CardImpact assess(AssessCardRequest request) {
        PrintWriter err = spec.commandLine().getErr();
        // Golden tasks name pinned plans, which a private swarm does not have.
        try (Swarm swarm = golden == null ? swarmOptions.connect(err) : swarmOptions.connectKept()) {
            Iterator<AssessCardResponse> parts =
                    swarm.calls().withDeadlineAfter(MINUTES, TimeUnit.MINUTES).assessCard(request);
            while (parts.hasNext()) {
                AssessCardResponse part = parts.next();
                if (part.hasImpact()) {
                    return part.getImpact();
                }
                show(part.getProgress(), err);
            }
        }
        throw new IllegalStateException("the swarm ended the assessment without a report");
    }

    private static void show(AssessmentProgress progress, PrintWriter err) {
        if (progress.getTotal() > 0) {
            err.println(
                    progress.getPlanned() == 0
                            ? "planning " + progress.getTotal() + (progress.getTotal() == 1 ? " request" : " requests")
                                    + " without and with the card"
                            : "planned " + progress.getPlanned() + " of " + progress.getTotal());
            err.flush();
        }
    }
}
