package dev.pinfactory.orchestrator.cli;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Small programs of the machine that are asked for what they print. */
final class Programs {
    private static final long PATIENCE_SECONDS = 20;

    private Programs() {}

    /** What it prints; nothing where it is missing, fails or takes too long. */
    static List<String> lines(String... command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            try (var reader = process.inputReader()) {
                List<String> lines = reader.lines().toList();
                boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
                return ended && process.exitValue() == 0 ? lines : List.of();
            } finally {
                process.destroy();
            }
        } catch (IOException e) {
            return List.of();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }
}
