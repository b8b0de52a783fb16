package dev.pinfactory.orchestrator.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** {@code pin train}: rebuilds the models that ship. */
@Command(
        name = "train",
        description = "Trains what ships, or a specialist of your own from a file; seeded.",
        mixinStandardHelpOptions = true,
        subcommands = {TrainCommand.Specialist.class, TrainCommand.Router.class})
final class TrainCommand implements Callable<Integer> {
    private static final String HEAP = "-Xmx3g";

    @Override
    public Integer call() {
        throw new UsageException("say what to train: 'pin train specialist NAME' or 'pin train router'");
    }

    /** {@code pin train specialist}. */
    @Command(
            name = "specialist",
            description =
                    "Trains a specialist's model again, or all of them; seeded, and measured on what it has not seen.",
            mixinStandardHelpOptions = true,
            footer = {
                "",
                "The same data and seed give the same bytes. Without NAME it lists what there is",
                "to train. 'pin eval specialist NAME --artifact DIR' measures what --out wrote.",
                "With --from, --out is specialists.d/NAME if not given; 'pin serve' serves it."
            })
    static final class Specialist implements Callable<Integer> {
        @Parameters(arity = "0..1", paramLabel = "NAME", description = "The specialist, such as intent.")
        private @Nullable String name;

        @Option(names = "--all", description = "All specialists, one after the other.")
        private boolean all;

        @Option(
                names = "--model",
                paramLabel = "NAME",
                description = "Another label set of the same specialist, such as clinc150 of intent.")
        private @Nullable String model;

        @Option(
                names = "--data",
                paramLabel = "DIR",
                description =
                        "The directory that holds the data sets' folders, such as sms_spam/; not needed where the project has the data.")
        private @Nullable Path data;

        @Option(
                names = "--out",
                paramLabel = "DIR",
                description = "Where model.bin and lineage.json go. Without it they take the place of those that ship.")
        private @Nullable Path out;

        @Option(names = "--seed", paramLabel = "NUMBER", description = "42 if not given.")
        private @Nullable Long seed;

        @ArgGroup(exclusive = false, heading = "%nOne of your own, from a file of examples:%n")
        private @Nullable FromFile fromFile;

        @Spec
        @SuppressWarnings("NullAway.Init") // set by picocli
        private CommandSpec spec;

        @Override
        public Integer call() throws IOException, InterruptedException {
            if (fromFile != null) {
                if (name != null || all || model != null || data != null) {
                    throw new UsageException(
                            "--from makes a specialist of your own: --name names it, --data, --model and --all don't go with it");
                }
                return fromFile.run(out, seed, spec.commandLine().getOut());
            }
            Path home = Home.installed().root();
            return new Program("dev.pinfactory.specialists.learning.Train", HEAP, "-Dpinfactory.home=" + home)
                    .with(name == null ? List.of() : List.of(name))
                    .with(all ? List.of("--all") : List.of())
                    .with("--model", model)
                    .with("--data", data)
                    .with("--out", out)
                    .with("--seed", seed)
                    .run();
        }
    }

    /** {@code pin train router}. */
    @Command(
            name = "router",
            description = "Trains the router's models again: pin train router --data DIR [--out DIR].")
    static final class Router implements Callable<Integer> {
        @Unmatched
        private List<String> options = new ArrayList<>();

        @Override
        public Integer call() throws IOException, InterruptedException {
            return new Program("dev.pinfactory.router.models.TrainRouter", HEAP)
                    .with(options)
                    .run();
        }
    }
}
