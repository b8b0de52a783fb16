package dev.pinfactory.proto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** {@code proto/check-buf}: the contracts are clean, and nothing in them breaks those who call with older ones. */
class ContractsGrowOnlyTest {
    private static final long MINUTES = 3;

    @Test
    void contractsAreCleanAndBreakNobody() throws IOException, InterruptedException {
        Path printed = Files.createTempFile("check-buf", ".txt");
        Process check = new ProcessBuilder("./check-buf")
                .redirectErrorStream(true)
                .redirectOutput(printed.toFile())
                .start();
        boolean ended = check.waitFor(MINUTES, TimeUnit.MINUTES);
        check.destroyForcibly();
        String output = Files.readString(printed, StandardCharsets.UTF_8);
        Files.delete(printed);

        assertThat(ended).as("ended within %s minutes: %s", MINUTES, output).isTrue();
        assertThat(check.exitValue()).as(output).isZero();
        assumeFalse(output.startsWith("check-buf: skipped"), output.strip());
        assertThat(output).contains("contracts are clean");
    }
}
