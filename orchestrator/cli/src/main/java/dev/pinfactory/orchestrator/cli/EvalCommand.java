package dev.pinfactory.orchestrator.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pin eval}: measures a model on labelled data. */
@Command(
        name = "eval",
        description = "Measures a model on labelled data.",
        mixinStandardHelpOptions = true,
        subcommands = {EvalCommand.Specialist.class, EvalCommand.Router.class})
final class EvalCommand implements Callable<Integer> {
    @Override
    public Integer call() {
        throw new UsageException("say what to measure: 'pin eval specialist NAME' or 'pin eval router'");
    }

    /** {@code pin eval specialist}. */
    @Command(
            name = "specialist",
            description = "Measures a specialist on labelled items, through the calls that a swarm makes.",
            mixinStandardHelpOptions = true,
            footer = {
                "",
                "Exit code 0 whatever the scores. Labels are never shown to the specialist: a",
                "file without them gives the same predictions, and no figures. Intervals hold",
                "the figure with 95 %% confidence, by bootstrap. FILE has the format of the",
                "specialist's data set, as its README tells."
            })
    static final class Specialist implements Callable<Integer> {
        @Parameters(paramLabel = "NAME", description = "The specialist, such as intent.")
        private String name = "";

        @Option(
                names = "--data",
                required = true,
                paramLabel = "FILE",
                description = "What to measure on, .gz or not, labelled or not.")
        private Path data = Path.of("");

        @Option(
                names = "--history",
                paramLabel = "FILE",
                description = "Rows from before those of --data, for specialists that look back, such as fraud.")
        private @Nullable Path history;

        @Option(
                names = "--artifact",
                paramLabel = "DIR",
                description = "A model that 'pin train specialist --out DIR' wrote; the shipped one if not given.")
        private @Nullable Path artifact;

        @Option(
                names = "--model",
                paramLabel = "NAME",
                description = "Another label set of the same specialist, such as clinc150 of intent.")
        private @Nullable String model;

        @Option(names = "--predictions", paramLabel = "FILE", description = "Writes one JSON line for each item.")
        private @Nullable Path predictions;

        @Option(names = "--json", paramLabel = "FILE", description = "Writes the figures as JSON.")
        private @Nullable Path json;

        @Override
        public Integer call() throws IOException, InterruptedException {
            return new Program("dev.pinfactory.specialists.evaluation.EvaluateSpecialist", "-Xmx2g")
                    .with(List.of(name))
                    .with("--data", data)
                    .with("--history", history)
                    .with("--artifact", artifact)
                    .with("--model", model)
                    .with("--predictions", predictions)
                    .with("--json", json)
                    .run();
        }
    }

    /** {@code pin eval router}. */
    @Command(
            name = "router",
            description = "Measures how well a router chooses and links the tools of labelled requests.",
            mixinStandardHelpOptions = true,
            footer = {
                "",
                "Exit code 0 whatever the scores. Labels are never shown to the router: a file without them gives the same predictions."
            })
    static final class Router implements Callable<Integer> {
        @Option(
                names = "--cards",
                required = true,
                paramLabel = "FILE",
                description = "The catalogue: cards, or a tools.json of {id, desc, input_types, output_types}.")
        private Path cards = Path.of("");

        @Option(
                names = "--requests",
                required = true,
                paramLabel = "FILE",
                description = "One JSON object a line, .gz or not: id, request, and if labelled nodes and links.")
        private Path requests = Path.of("");

        @Option(names = "--graph", paramLabel = "FILE", description = "Who can feed whom: source and target a line.")
        private @Nullable Path graph;

        @Option(
                names = "--router",
                paramLabel = "DIR",
                description = "A trained or fitted router; the shipped one if not given.")
        private @Nullable Path router;

        @Option(names = "--no-refusal", description = "Count a refused request with its best guess.")
        private boolean noRefusal;

        @Option(names = "--predictions", paramLabel = "FILE", description = "Writes one JSON line for each request.")
        private @Nullable Path predictions;

        @Option(names = "--json", paramLabel = "FILE", description = "Writes the figures as JSON.")
        private @Nullable Path json;

        @Option(
                names = "--ablation",
                description = "Shows what each trained part of the router adds to the parts before it.")
        private boolean ablation;

        @Option(
                names = "--escalation",
                paramLabel = "FILE",
                description =
                        "Shows what handing the least sure requests to a language model brings, and writes the curve as SVG.")
        private @Nullable Path escalation;

        @Option(
                names = "--llm-node-f1",
                paramLabel = "PERCENT",
                description = "How good that language model is; without it only one that is always right is shown.")
        private @Nullable String modelNodeF1;

        @Option(names = "--llm-exact", paramLabel = "PERCENT", description = "The same for exact sets of tools.")
        private @Nullable String modelExact;

        @Override
        public Integer call() throws IOException, InterruptedException {
            return new Program("dev.pinfactory.router.models.evaluation.EvaluateRouter", "-Xmx450m")
                    .with("--cards", cards)
                    .with("--requests", requests)
                    .with("--graph", graph)
                    .with("--router", router)
                    .with("--predictions", predictions)
                    .with("--json", json)
                    .with("--escalation", escalation)
                    .with("--llm-node-f1", modelNodeF1)
                    .with("--llm-exact", modelExact)
                    .with(noRefusal ? List.of("--no-refusal") : List.of())
                    .with(ablation ? List.of("--ablation") : List.of())
                    .run();
        }
    }
}
