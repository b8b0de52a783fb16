package dev.pinfactory.orchestrator.cli;

import dev.pinfactory.orchestrator.cli.DocumentBenchmark.Measured;
import dev.pinfactory.proto.v1.Artifact;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** {@code pin bench}: measures speed. */
@Command(
        name = "bench",
        description = "Measures how fast this machine is.",
        mixinStandardHelpOptions = true,
        subcommands = {BenchCommand.Specialists.class, BenchCommand.Documents.class})
final class BenchCommand implements Callable<Integer> {
    @Override
    public Integer call() {
        throw new UsageException("say what to measure: 'pin bench specialists' or 'pin bench documents'");
    }

    /** {@code pin bench specialists}. */
    @Command(
            name = "specialists",
            description = "Measures how long a call of each specialist takes, over a socket of this machine.",
            mixinStandardHelpOptions = true,
            footer = {
                "",
                "Client and server are one process. First one call at a time, without batches:",
                "p50, p99 and processor time of a call. Then sixteen at a time, without batches",
                "and with them. Each after as long a warm-up. For one core: 'taskset -c 0 ./pin bench specialists'."
            })
    static final class Specialists implements Callable<Integer> {
        @Parameters(arity = "0..*", paramLabel = "NAME", description = "Specialists, such as intent. Default: all.")
        private List<String> names = List.of();

        @Option(
                names = "--seconds",
                paramLabel = "N",
                description = "How long each of the three counts is. Default: 3.")
        private @Nullable Integer seconds;

        @Option(names = "--json", paramLabel = "FILE", description = "Writes the figures as JSON.")
        private @Nullable Path json;

        @Override
        public Integer call() throws IOException, InterruptedException {
            return new Program("dev.pinfactory.specialists.evaluation.BenchSpecialists", "-Xmx1g")
                    .with(names)
                    .with("--seconds", seconds)
                    .with("--json", json)
                    .run();
        }
    }

    /** {@code pin bench documents}. */
    @Command(
            name = "documents",
            description = "Measures how many receipts a minute a whole swarm reads, as text and as photos.",
            mixinStandardHelpOptions = true,
            footer = {
                "",
                "Every receipt is a task: planned (from the second time on from the plan cache),",
                "dispatched over gRPC, merged. Exit code 1 when one of them failed."
            })
    static final class Documents implements Callable<Integer> {
        @Mixin
        @SuppressWarnings("NullAway.Init") // set by picocli
        private SwarmOptions swarmOptions;

        @Option(
                names = "--data",
                paramLabel = "DIR",
                description = "Receipts: texts (.txt), and photos or scans (.jpg, .png, .tif, .pdf). "
                        + "Default: the three that come with Pinfactory.")
        private @Nullable Path data;

        @Option(
                names = "--seconds",
                paramLabel = "N",
                defaultValue = "30",
                description = "For each of the two. Default: 30.")
        private int seconds;

        @Option(
                names = "--callers",
                paramLabel = "N",
                description = "Tasks under way at a time. Default: the number of processors.")
        private @Nullable Integer callers;

        @Option(names = "--json", paramLabel = "FILE", description = "Writes the figures as JSON.")
        private @Nullable Path json;

        @Spec
        @SuppressWarnings("NullAway.Init")
        private CommandSpec spec;

        @Override
        public Integer call() throws IOException {
            int atATime = callers == null ? Runtime.getRuntime().availableProcessors() : callers;
            if (seconds < 1 || seconds > 86_400 || atATime < 1 || atATime > 1_000) {
                throw new UsageException("--seconds is 1 to 86400, --callers 1 to 1000");
            }
            Path folder = data == null ? Home.installed().root().resolve("examples/data/receipts") : data;
            List<Artifact> texts = DocumentBenchmark.receipts(folder, true);
            List<Artifact> photos = DocumentBenchmark.receipts(folder, false);
            if (texts.isEmpty() && photos.isEmpty()) {
                throw new UsageException("--data '" + folder + "' has neither texts nor photos");
            }
            PrintWriter out = spec.commandLine().getOut();
            PrintWriter err = spec.commandLine().getErr();
            List<Measured> measured = new ArrayList<>();
            try (Swarm swarm = swarmOptions.connect(err)) {
                DocumentBenchmark benchmark = new DocumentBenchmark(swarm, Duration.ofSeconds(seconds), atATime, err);
                if (!texts.isEmpty()) {
                    measured.add(benchmark.measure("text", texts));
                }
                if (!photos.isEmpty()) {
                    measured.add(benchmark.measure("photo", photos));
                }
            }
            out.printf(
                    "%-8s %10s %12s %10s %12s %8s %12s%n",
                    "", "a minute", "a day", "p50 ms", "cpu s each", "failed", "with fields");
            for (Measured one : measured) {
                out.printf(
                        "%-8s %10.0f %,12.0f %10.1f %12.3f %8d %12s%n",
                        one.kind(),
                        one.perMinute(),
                        one.perDay(),
                        one.p50(),
                        one.cpuSeconds(),
                        one.failed(),
                        one.withFields() + "/" + one.tasks());
            }
            out.flush();
            if (json != null) {
                Files.writeString(json, JsonMapper.builder().build().writeValueAsString(measured) + "\n");
            }
            return measured.stream().anyMatch(one -> one.failed() > 0) ? Pin.INTERNAL_ERROR : 0;
        }
    }
}
