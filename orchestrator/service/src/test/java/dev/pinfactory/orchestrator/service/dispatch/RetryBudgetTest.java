package dev.pinfactory.orchestrator.service.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RetryBudgetTest {
    private final RetryBudget budget = new RetryBudget(0.1, 3);

    @Test
    void whoAlwaysFailsHasTheBurstAndNoMore() {
        assertThat(spent(100)).isEqualTo(3);
    }

    @Test
    void tenSuccessesEarnOneRetry() {
        spent(3);
        succeeds(9);
        assertThat(budget.spend()).isFalse();
        succeeds(1);
        assertThat(budget.spend()).isTrue();
        assertThat(budget.spend()).isFalse();
    }

    @Test
    void noMoreThanTheBurstIsSaved() {
        succeeds(1_000);
        assertThat(spent(100)).isEqualTo(3);
    }

    private void succeeds(int times) {
        IntStream.range(0, times).forEach(i -> budget.succeeded());
    }

    private long spent(int tries) {
        return IntStream.range(0, tries).filter(i -> budget.spend()).count();
    }
}
