package dev.pinfactory.faults.bar;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;

/** {@code pin verify}. */
public final class Verify {
    private Verify() {}

    public static void main(String[] arguments) {
        // What is said is said by the command alone.
        ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).setLevel(Level.OFF);
        System.exit(new CommandLine(new VerifyCommand(Bars.SUITES)).execute(arguments));
    }
}
