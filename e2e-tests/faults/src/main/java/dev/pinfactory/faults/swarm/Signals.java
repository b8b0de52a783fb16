package dev.pinfactory.faults.swarm;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Signals to a process and everything that it started. */
final class Signals {
    private Signals() {}

    /** Holds them all; what they have open stays open. */
    static void stop(ProcessHandle process) {
        send("STOP", process);
    }

    static void resume(ProcessHandle process) {
        send("CONT", process);
    }

    /** What {@code kill -9} does, to all at once. */
    static void kill(ProcessHandle process) {
        send("KILL", process);
    }

    private static void send(String signal, ProcessHandle process) {
        // The number of one that has ended may be another one's by now.
        if (!process.isAlive()) {
            return;
        }
        List<String> command = new ArrayList<>(List.of("kill", "-" + signal));
        Stream.concat(Stream.of(process), process.descendants()).forEach(one -> command.add(String.valueOf(one.pid())));
        try {
            // A child may have ended in between; then the exit code is not 0, and nothing is wrong.
            new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new IllegalStateException("can't send " + signal, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
