package dev.pinfactory.orchestrator.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code pin eval}: measures a model on labelled data. */
@Command(
        name = "eval",
        description = "Measures a model on labelled data.",
        mixinStandardHelpOptions = true,
        subcommands = EvalCommand.Router.class)
final class EvalCommand implements Callable<Integer> {
    @Override
    public Integer call() {
        throw new UsageException("say what to measure: 'pin eval router'");
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
