package dev.pinfactory.orchestrator.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A main class of the one-process program that does a command's work: what it prints, and how it ends, is the command's. */
final class Program {
    /** On its class path. Without it what libraries log would go to standard output, among the figures. */
    private static final String LOGGING = "-Dlogback.configurationFile=programs-logback.xml";

    private final List<String> command;

    Program(String mainClass, String... javaOptions) {
        List<String> options = new ArrayList<>(List.of(javaOptions));
        options.add(LOGGING);
        command = Home.installed().standalone(mainClass, options);
    }

    Program with(List<String> arguments) {
        command.addAll(arguments);
        return this;
    }

    /** An option with its value; nothing where there is no value. */
    Program with(String option, @Nullable Object value) {
        return value == null ? this : with(List.of(option, value.toString()));
    }

    /** Its exit code. */
    int run() throws IOException, InterruptedException {
        return new ProcessBuilder(command).inheritIO().start().waitFor();
    }
}
