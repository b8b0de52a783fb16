package dev.pinfactory.orchestrator.cli;

import io.grpc.StatusRuntimeException;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** The {@code pin} command. {@code pin test}, {@code build}, {@code images} and {@code verify} live in the launcher script. */
@Command(
        name = "pin",
        description = "A swarm of small specialist models behind one endpoint.",
        mixinStandardHelpOptions = true,
        version = "pin 0.1.0",
        commandListHeading = "%nCommands:%n",
        footer = {
            "",
            "Built by the launcher: test [--quick] [MODULE] runs all tests, build DIRECTORY builds a specialist and runs its "
                    + "contract test, images builds an image for each role, verify SUITE [BAR...] tries to break what is promised.",
            "Exit codes: 0 complete, 1 internal error, 2 usage, 3 partial, 4 failed or cancelled, 5 refused."
        },
        subcommands = {
            RunCommand.class,
            PlanCommand.class,
            FeedbackCommand.class,
            ReviewCommand.class,
            SpecialistsCommand.class,
            RolloutCommand.class,
            UsageCommand.class,
            UpCommand.class,
            TokenCommand.class,
            KeyCommand.class,
            StatusCommand.class,
            DownCommand.class,
            NewCommand.class,
            TrainCommand.class,
            CompressCommand.class,
            ServeCommand.class,
            EvalCommand.class,
            BenchCommand.class,
            FitCommand.class,
            DoctorCommand.class,
            CommandLine.HelpCommand.class
        })
public final class Pin implements Callable<Integer> {
    static final int INTERNAL_ERROR = 1;
    static final int USAGE = 2;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    private Pin() {}

    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    /** The command line, for {@link #main} and for tests. */
    static CommandLine commandLine() {
        return new CommandLine(new Pin())
                .setCaseInsensitiveEnumValuesAllowed(true)
                // '@file' is for options to read, as their descriptions say; picocli would take its words for
                // arguments.
                .setExpandAtFiles(false)
                .setExecutionStrategy(Pin::run)
                .setExecutionExceptionHandler((failure, command, parsed) -> explain(failure, command));
    }

    private static int run(ParseResult parsed) {
        Integer helped = CommandLine.executeHelpRequest(parsed);
        if (helped != null) {
            return helped;
        }
        refuseWhatIsLost(parsed);
        return new CommandLine.RunLast().execute(parsed);
    }

    /** The last command runs, and knows nothing of what stands before its name: an endpoint there would be ignored, and another swarm be changed. */
    private static void refuseWhatIsLost(ParseResult parsed) {
        for (ParseResult command = parsed; command.hasSubcommand(); command = command.subcommand()) {
            if (!command.matchedArgs().isEmpty()) {
                ArgSpec lost = command.matchedArgs().get(0);
                String name = lost instanceof OptionSpec option ? option.longestName() : lost.paramLabel();
                String last = command.subcommand().commandSpec().name();
                throw new ParameterException(
                        command.commandSpec().commandLine(),
                        name + " counts for nothing before '" + last + "'; what is meant for it stands behind '" + last
                                + "'");
            }
        }
    }

    @Override
    public Integer call() {
        spec.commandLine().usage(System.out);
        return 0;
    }

    private static int explain(Exception failure, CommandLine command) {
        var err = command.getErr();
        if (failure instanceof UsageException) {
            err.println(command.getCommandSpec().qualifiedName() + ": " + failure.getMessage());
            return USAGE;
        }
        if (failure instanceof StatusRuntimeException status) {
            Failures.print(status, err);
            return Failures.isCallersFault(status) ? USAGE : INTERNAL_ERROR;
        }
        err.println(command.getCommandSpec().qualifiedName() + ": "
                + (failure.getMessage() == null ? failure.toString() : failure.getMessage()));
        if (System.getenv("PIN_DEBUG") != null) {
            failure.printStackTrace(err);
        }
        return INTERNAL_ERROR;
    }
}
