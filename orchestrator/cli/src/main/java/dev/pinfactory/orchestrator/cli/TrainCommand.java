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
            List<String> arguments = new ArrayList<>(List.of(name));
            arguments.addAll(options);
            return inherit("dev.pinfactory.specialists.learning.Train", arguments);
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
            return inherit("dev.pinfactory.router.models.TrainRouter", options);
        }
    }

    /** Runs a main class of the one-process program with this program's standard streams. */
    private static Integer inherit(String mainClass, List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(Home.installed().standalone(mainClass, List.of("-Xmx3g")));
        command.addAll(arguments);
        return new ProcessBuilder(command).inheritIO().start().waitFor();
    }
}
