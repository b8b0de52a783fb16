package dev.pinfactory.faults.swarm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Memory of a process that is in the machine's, on Linux. */
public record Resident(long pid, long bytes) {
    private static final long KIB = 1_024;

    /** What it has now; its peak is counted anew from here on. */
    public static Resident of(long pid) throws IOException {
        Files.writeString(file(pid, "clear_refs"), "5");
        return new Resident(pid, read(pid, "VmRSS:"));
    }

    /** By how much the peak since then lies above what it had then, in bytes. */
    public long grown() throws IOException {
        return Math.max(0, read(pid, "VmHWM:") - bytes);
    }

    private static long read(long pid, String key) throws IOException {
        return Files.readAllLines(file(pid, "status")).stream()
                        .filter(line -> line.startsWith(key))
                        .map(line -> Long.parseLong(line.replaceAll("\\D", "")))
                        .findFirst()
                        .orElseThrow(() -> new IOException("the system does not tell " + key))
                * KIB;
    }

    private static Path file(long pid, String name) {
        return Path.of("/proc", String.valueOf(pid), name);
    }
}
