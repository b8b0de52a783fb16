package dev.pinfactory.specialists.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pinfactory.proto.v1.InferRequest;
import dev.pinfactory.proto.v1.InferResponse;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CallTimerTest {
    private static final List<InferRequest> SAMPLES = List.of(
            InferRequest.newBuilder().setSpecialist("a").build(),
            InferRequest.newBuilder().setSpecialist("b").build());

    @Test
    void everySampleIsAskedByEveryCaller() {
        Set<String> asked = ConcurrentHashMap.newKeySet();
        AtomicInteger calls = new AtomicInteger();
        Timing timing = CallTimer.time(
                request -> {
                    asked.add(request.getSpecialist());
                    calls.incrementAndGet();
                    return InferResponse.getDefaultInstance();
                },
                SAMPLES,
                3,
                1);
        assertThat(asked).containsExactlyInAnyOrder("a", "b");
        assertThat(timing.calls()).isPositive().isLessThan(calls.get());
        assertThat(timing.p50()).isLessThanOrEqualTo(timing.p99());
        assertThat(timing.perSecond()).isPositive();
    }

    @Test
    void whatIsWrongWithTheArgumentsIsSaid() {
        assertThat(said("--seconds", "0")).contains("--seconds is '0', expected 1 to 9999");
        assertThat(said("--seconds")).contains("--seconds wants a value");
        assertThat(said("--depth", "3")).contains("no option '--depth'");
        assertThat(said("nobody")).contains("no specialist on the class path has the id 'nobody'");
    }

    private static String said(String... arguments) {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        BenchSpecialists bench = new BenchSpecialists(
                new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
        assertThat(bench.run(arguments)).isEqualTo(2);
        return err.toString(StandardCharsets.UTF_8);
    }
}
