package dev.pinfactory.orchestrator.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pin compress}: makes a small model of a large one. */
@Command(
        name = "compress",
        description = "Makes a small model of a large one.",
        mixinStandardHelpOptions = true,
        subcommands = CompressCommand.Specialist.class)
final class CompressCommand implements Callable<Integer> {
    @Override
    public Integer call() {
        throw new UsageException("say what to compress: 'pin compress specialist NAME'");
    }

    /** {@code pin compress specialist}. */
    @Command(
            name = "specialist",
            description =
                    "Teaches small students what a large teacher says, prunes and quantises them, and shows what each costs and loses.",
            mixinStandardHelpOptions = true,
            footer = {
                "",
                "Students that learnt without the teacher stand beside those that have it, as large as they. 'pin eval specialist "
                        + "NAME --artifact DIR' measures what --out wrote. The same data and seed give the same bytes."
            })
    static final class Specialist implements Callable<Integer> {
        @Parameters(paramLabel = "NAME", description = "The specialist: intent, slots or clauses.")
        private String name = "";

        @Option(
                names = "--data",
                paramLabel = "FILE|DIR",
                description = "Labelled data; what the project has, if not given.")
        private @Nullable Path data;

        @Option(
                names = "--teacher",
                paramLabel = "TEACHER",
                description =
                        "'shipped', a directory that 'pin train specialist --out' wrote, or HOST:PORT of a specialist of the same name; a larger model is trained if not given.")
        private @Nullable String teacher;

        @Option(
                names = "--unlabelled",
                paramLabel = "FILE",
                description = "More texts for the teacher to label, one a line.")
        private @Nullable Path unlabelled;

        @Option(
                names = "--out",
                paramLabel = "DIR",
                description = "Where the student's model.bin and lineage.json go; nowhere, if not given.")
        private @Nullable Path out;

        @Option(names = "--json", paramLabel = "FILE", description = "Writes the figures as JSON.")
        private @Nullable Path json;

        @Option(names = "--html", paramLabel = "FILE", description = "Writes table and plots as a page.")
        private @Nullable Path html;

        @Option(
                names = "--folds",
                paramLabel = "NUMBER",
                description =
                        "For slots: holds back each of so many parts of the data in turn, and compares on all of it.")
        private @Nullable Integer folds;

        @Option(names = "--seed", paramLabel = "NUMBER", description = "42 if not given.")
        private @Nullable Long seed;

        @Override
        public Integer call() throws IOException, InterruptedException {
            Path home = Home.installed().root();
            return new Program(
                            "dev.pinfactory.specialists.evaluation.CompressSpecialist",
                            "-Xmx3g",
                            "-Dpinfactory.home=" + home)
                    .with(List.of(name))
                    .with("--data", data)
                    .with("--teacher", teacher)
                    .with("--unlabelled", unlabelled)
                    .with("--out", out)
                    .with("--json", json)
                    .with("--html", html)
                    .with("--folds", folds)
                    .with("--seed", seed)
                    .run();
        }
    }
}
