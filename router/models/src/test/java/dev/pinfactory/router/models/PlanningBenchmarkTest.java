package dev.pinfactory.router.models;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** The benchmark runs; how long plans take is told by the longer run. */
class PlanningBenchmarkTest {
    @Test
    @ResourceLock(Resources.SYSTEM_OUT)
    void tellsTimesThroughputAndMemory() throws Exception {
        PrintStream out = System.out;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
        try {
            PlanningBenchmark.main(new String[] {"8", "12", "0", "2", ""});
        } finally {
            System.setOut(out);
        }
        assertThat(said.toString(StandardCharsets.UTF_8))
                .contains("8 plans of five clauses over 12 cards", "by 2 threads", "plans a second", "p99.9")
                .doesNotContain(" 0.0 steps");
    }
}
