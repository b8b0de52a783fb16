package dev.pinfactory.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How much memory a process has at most had since now, as Linux counts it; elsewhere the small heap, which ends the process when it is full, has to do.
 *
 * @param process whose
 * @param kilobytes what it had when this was made
 */
record ResidentMemory(long process, long kilobytes) {
    private static final String HIGHEST = "VmHWM:";
    private static final String NOW = "VmRSS:";

    static ResidentMemory of(ProcessHandle handle) {
        long process = handle.pid();
        try {
            if (Files.exists(status(process))) {
                // Forgets the peak of the start.
                Files.writeString(Path.of("/proc", String.valueOf(process), "clear_refs"), "5");
            }
            return new ResidentMemory(process, read(process, NOW));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** In bytes; 0 where the operating system does not tell. */
    long grownAtMost() {
        try {
            return Math.max(0, read(process, HIGHEST) - kilobytes) * 1_024;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long read(long process, String key) throws IOException {
        if (!Files.exists(status(process))) {
            return 0;
        }
        return Files.readAllLines(status(process)).stream()
                .filter(line -> line.startsWith(key))
                .map(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElse(0L);
    }

    private static Path status(long process) {
        return Path.of("/proc", String.valueOf(process), "status");
    }
}
