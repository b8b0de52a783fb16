package dev.pinfactory.orchestrator.cli;

import java.io.PrintWriter;
import java.io.StringWriter;

/** What a command of pin printed, and its exit code. */
record Ran(int exit, String out, String err) {
    static Ran pin(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exit = Pin.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
        return new Ran(exit, out.toString(), err.toString());
    }
}
