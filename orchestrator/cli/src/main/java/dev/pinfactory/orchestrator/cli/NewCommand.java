package dev.pinfactory.orchestrator.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Unmatched;

/** {@code pin new}: starts something of one's own. */
@Command(
        name = "new",
        description = "Starts something of your own.",
        mixinStandardHelpOptions = true,
        subcommands = NewCommand.Specialist.class)
final class NewCommand implements Callable<Integer> {
    @Override
    public Integer call() {
        throw new UsageException("say what to start: 'pin new specialist NAME'");
    }

    /** {@code pin new specialist}. */
    @Command(
            name = "specialist",
            description =
                    "Writes a specialist that runs and registers: pin new specialist NAME [--language java|python] [--dir DIR].")
    static final class Specialist implements Callable<Integer> {
        @Parameters(arity = "0..1", paramLabel = "NAME", description = "Lower-case words joined by -, such as urgency.")
        private String name = "--help";

        @Unmatched
        private List<String> options = new ArrayList<>();

        @Override
        public Integer call() throws IOException, InterruptedException {
            return new Program("dev.pinfactory.specialists.sdk.scaffold.Scaffold")
                    .with(List.of(name))
                    .with(options)
                    .run();
        }
    }
}
