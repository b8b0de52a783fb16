package dev.pinfactory.specialists.training.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AdwinTest {
    private final Random random = new Random(7);

    @Test
    void aRateThatStaysIsNoChange() {
        Adwin adwin = new Adwin(1e-4);
        for (int i = 0; i < 200_000; i++) {
            assertThat(adwin.add(random.nextDouble() < 0.1)).isEmpty();
        }
        assertThat(adwin.width()).isEqualTo(200_000);
    }

    @Test
    void aRateThatRisesIsNoticedWithWhatItWasBefore() {
        Adwin adwin = new Adwin(1e-4);
        for (int i = 0; i < 2_000; i++) {
            adwin.add(random.nextDouble() < 0.05);
        }
        Optional<Adwin.Change> change = Optional.empty();
        int after = 0;
        while (change.isEmpty() && after < 500) {
            change = adwin.add(random.nextDouble() < 0.4);
            after++;
        }
        assertThat(after).isLessThan(100);
        assertThat(change.orElseThrow().before()).isBetween(0.03, 0.08);
        assertThat(change.orElseThrow().after())
                .isGreaterThan(change.orElseThrow().before());
        for (int i = 0; i < 500; i++) {
            adwin.add(random.nextDouble() < 0.4);
        }
        assertThat(adwin.width()).as("what was before is gone").isBetween(500L, 700L);
    }

    @Test
    void aDeltaThatIsNoneIsRefused() {
        assertThatThrownBy(() -> new Adwin(0)).hasMessageContaining("delta is 0.0");
    }
}
