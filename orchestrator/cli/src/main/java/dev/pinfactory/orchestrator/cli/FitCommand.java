package dev.pinfactory.orchestrator.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code pin fit}: adapts a model to an organisation's own labelled data. */
@Command(
        name = "fit",
        description = "Adapts a model to your own labelled data.",
        mixinStandardHelpOptions = true,
        subcommands = FitCommand.Router.class)
final class FitCommand implements Callable<Integer> {
    @Override
    public Integer call() {
        throw new UsageException("say what to fit: 'pin fit router'");
    }

    /** {@code pin fit router}. */
    @Command(
            name = "router",
            description =
                    "Fits the router to labelled requests, and says what they bring on requests that it keeps for that.",
            mixinStandardHelpOptions = true,
            footer = {
                "",
                "A request is one JSON object a line: {\"request\": TEXT, \"nodes\": [{\"tool\": ID}, ...], \"links\": [[ID, ID], ...]}.",
                "From some 50 on it pays. Cards that no example names go on being planned with by what they say."
            })
    static final class Router implements Callable<Integer> {
        @Option(names = "--cards", required = true, paramLabel = "FILE", description = "The catalogue.")
        private Path cards = Path.of("");

        @Option(
                names = "--examples",
                required = true,
                paramLabel = "FILE",
                description = "Labelled requests, .jsonl or .jsonl.gz; at least 10.")
        private Path examples = Path.of("");

        @Option(names = "--out", required = true, paramLabel = "DIR", description = "Where the fitted router goes.")
        private Path out = Path.of("");

        @Option(names = "--graph", paramLabel = "FILE", description = "Who can feed whom: source and target a line.")
        private @Nullable Path graph;

        @Option(
                names = "--router",
                paramLabel = "DIR",
                description = "What is fitted; the shipped router if not given.")
        private @Nullable Path router;

        @Option(names = "--seed", description = "Of the split and of training; ${DEFAULT-VALUE} if not given.")
        private long seed = 20261122;

        @Override
        public Integer call() throws IOException, InterruptedException {
            return new Program("dev.pinfactory.router.models.FitRouter", "-Xmx3g")
                    .with("--cards", cards)
                    .with("--examples", examples)
                    .with("--out", out)
                    .with("--seed", seed)
                    .with("--graph", graph)
                    .with("--router", router)
                    .run();
        }
    }
}
