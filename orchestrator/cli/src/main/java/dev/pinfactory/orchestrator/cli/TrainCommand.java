package dev.pinfactory.orchestrator.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Unmatched;

/** {@code pin train}: rebuilds the models that ship. */
@Command(
        name = "train",
        description = "Trains what ships, seeded.",
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
            description = "Trains a specialist's model again: pin train specialist NAME [--data DIR] [--out DIR].")
    static final class Specialist implements Callable<Integer> {
        @Parameters(arity = "0..1", paramLabel = "NAME", description = "The specialist, such as intent.")
        private String name = "--help";

        @Unmatched
        private List<String> options = new ArrayList<>();

        @Override
        public Integer call() throws IOException, InterruptedException {
            return new Program("dev.pinfactory.specialists.learning.Train", HEAP)
                    .with(List.of(name))
                    .with(options)
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
