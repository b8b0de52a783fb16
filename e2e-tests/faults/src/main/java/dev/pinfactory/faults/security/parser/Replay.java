package dev.pinfactory.faults.security.parser;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.Optional;

/** One input once more, without a fuzzer around it. */
public final class Replay {
    private static final Duration SLOWEST = Duration.ofSeconds(1);
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private Replay() {}

    /** What is wrong with how the parser takes it; empty where nothing is. Slow is what takes a second of the processor twice: the first time, classes may have been loaded. */
    public static Optional<String> wrong(UntrustedParser parser, byte[] input) {
        Duration took = Duration.ZERO;
        for (int time = 0; time < 2; time++) {
            long begin = THREADS.getCurrentThreadCpuTime();
            Optional<String> thrown = thrown(parser, input);
            if (thrown.isPresent()) {
                return thrown;
            }
            took = Duration.ofNanos(THREADS.getCurrentThreadCpuTime() - begin);
            if (took.compareTo(SLOWEST) <= 0) {
                return Optional.empty();
            }
        }
        return Optional.of("took " + took);
    }

    /** Whatever comes out of a parser is what is looked for here, errors of the virtual machine among them. */
    private static Optional<String> thrown(UntrustedParser parser, byte[] input) {
        try {
            parser.reading().read(input);
            return Optional.empty();
        } catch (Throwable e) {
            StackTraceElement[] trace = e.getStackTrace();
            return Optional.of(e + (trace.length == 0 ? "" : " at " + trace[0]));
        }
    }
}
