package dev.pinfactory.faults.security.parser;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.slf4j.LoggerFactory;

/** What jazzer calls, in a process of its own: with the name of a parser, then with each input. */
public final class FuzzTarget {
    private static final UntrustedParser SEEDED = TrustingReader.PARSER;
    private static UntrustedParser parser = SEEDED;

    private FuzzTarget() {}

    /** Called once, by its name. */
    public static void fuzzerInitialize(String[] arguments) {
        ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).setLevel(Level.OFF);
        String name = arguments[0];
        // Without a look at the others, whose classes would all be loaded.
        parser = name.equals(SEEDED.name()) ? SEEDED : UntrustedParsers.named(name);
        // What the first input would wait for, such as fonts, is loaded before the time counts.
        Corpus.of(parser).values().forEach(input -> Replay.wrong(parser, input));
    }

    /** Called for each input, by its name. */
    public static void fuzzerTestOneInput(byte[] input) throws Exception {
        parser.reading().read(input);
    }
}
