package dev.pinfactory.orchestrator.service.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.v1.Counters;
import dev.pinfactory.proto.v1.VersionCounters;
import dev.pinfactory.registry.client.LatencyBuckets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class VersionOutcomesTest {
    private static final Duration TOOK = Duration.ofMillis(3);

    private final VersionOutcomes outcomes = new VersionOutcomes();

    @Test
    void callsAreCountedByVersionWithWhatBecameOfThem() {
        outcomes.answered("tickets", "1.0.0", false, TOOK);
        outcomes.answered("tickets", "1.0.0", true, TOOK);
        outcomes.failed("tickets", "1.0.0", ErrorCode.SPECIALIST_FAILED, Duration.ofSeconds(1));
        outcomes.answered("tickets", "2.0.0", false, TOOK);
        List<VersionCounters> taken = outcomes.take();
        assertThat(taken).extracting(VersionCounters::getVersion).containsExactlyInAnyOrder("1.0.0", "2.0.0");
        Counters first = taken.stream()
                .filter(one -> one.getVersion().equals("1.0.0"))
                .findFirst()
                .orElseThrow()
                .getCounters();
        assertThat(first.getCalls()).isEqualTo(3);
        assertThat(first.getFailures()).isEqualTo(1);
        assertThat(first.getAbstentions()).isEqualTo(1);
        assertThat(first.getLatency(LatencyBuckets.of(TOOK))).isEqualTo(2);
        assertThat(first.getLatencyList().stream().mapToLong(Long::longValue).sum())
                .isEqualTo(3);
    }

    @Test
    void whatIsTakenIsCountedOnce() {
        outcomes.compared("tickets", "2.0.0", true, TOOK);
        outcomes.shadowFailed("tickets", "2.0.0", TOOK);
        outcomes.confirmed("tickets", "2.0.0", false);
        Counters counters = outcomes.take().getFirst().getCounters();
        assertThat(counters.getCompared()).isEqualTo(1);
        assertThat(counters.getAgreed()).isEqualTo(1);
        assertThat(counters.getShadowFailures()).isEqualTo(1);
        assertThat(counters.getConfirmedWrong()).isEqualTo(1);
        assertThat(outcomes.take()).isEmpty();
    }

    @Test
    void whatIsNotTheSpecialistsFaultIsNotCounted() {
        outcomes.failed("tickets", "1.0.0", ErrorCode.QUOTA_EXHAUSTED, TOOK);
        outcomes.failed("tickets", "1.0.0", ErrorCode.LOW_CONFIDENCE, TOOK);
        assertThat(outcomes.take()).isEmpty();
    }

    @Test
    void anAnswerThatWasFoundInvalidAfterItsCallWasTakenIsAFailureOfTheNext() {
        outcomes.answered("tickets", "1.0.0", false, TOOK);
        outcomes.take();
        outcomes.invalid("tickets", "1.0.0");
        assertThat(outcomes.take()).isEmpty();
        outcomes.answered("tickets", "1.0.0", false, TOOK);
        assertThat(outcomes.take().getFirst().getCounters().getFailures()).isEqualTo(1);
        assertThat(outcomes.take()).isEmpty();
    }

    @Test
    void noMoreVersionsThanOneReportHoldsAreCounted() {
        for (int i = 0; i < 2_500; i++) {
            outcomes.answered("tickets", i + ".0.0", false, TOOK);
        }
        assertThat(outcomes.take()).hasSize(2_000);
        outcomes.answered("tickets", "2499.0.0", false, TOOK);
        assertThat(outcomes.take()).hasSize(1);
    }
}
