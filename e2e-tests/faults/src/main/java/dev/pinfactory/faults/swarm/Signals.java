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
        // The parent may have started another one while its children were being counted; once it is held it starts
        // none.
        List<ProcessHandle> held = List.of();
        List<ProcessHandle> all = family(process);
        while (!held.containsAll(all)) {
            send("STOP", process, all);
            held = all;
            all = family(process);
        }
    }

    static void resume(ProcessHandle process) {
        send("CONT", process, family(process));
    }

    /** What {@code kill -9} does, to all at once. */
    static void kill(ProcessHandle process) {
        send("KILL", process, family(process));
    }

    private static List<ProcessHandle> family(ProcessHandle process) {
        return Stream.concat(Stream.of(process), process.descendants()).toList();
    }

    private static void send(String signal, ProcessHandle process, List<ProcessHandle> family) {
        // The number of one that has ended may be another one's by now.
        if (!process.isAlive()) {
            return;
        }
        List<String> command = new ArrayList<>(List.of("kill", "-" + signal));
        family.forEach(one -> command.add(String.valueOf(one.pid())));
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
