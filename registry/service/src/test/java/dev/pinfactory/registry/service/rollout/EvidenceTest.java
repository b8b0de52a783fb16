package dev.pinfactory.registry.service.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EvidenceTest {
    /** Evidence of this and more comes from chance in one of a hundred cases at most. */
    private static final double HUNDRED = Math.log(100);

    @Test
    void itIsTheRatioThatOneCalculatesByHand() {
        // B(1/2+1, 1/2+0)/B(1/2, 1/2) = 1/2 for one hit; the bound's likelihood is 0.1.
        assertThat(Evidence.above(new Share(1, 1), 0.1)).isCloseTo(Math.log(0.5 / 0.1), within(1e-9));
        // Two hits of two against none of two: 3/8 x 3/8 over (1/2)^4.
        assertThat(Evidence.above(new Share(2, 2), new Share(0, 2), 0)).isCloseTo(Math.log(9.0 / 4), within(1e-9));
    }

    @Test
    void whoIsNoWorseHasNothingAgainstIt() {
        assertThat(Evidence.above(new Share(0, 0), new Share(0, 0), 0)).isZero();
        assertThat(Evidence.above(new Share(3, 10), new Share(3, 10), 0)).isZero();
        assertThat(Evidence.above(new Share(1, 10), new Share(0, 1000), 0.1)).isZero();
        assertThat(Evidence.above(new Share(2, 10), 0.2)).isZero();
        assertThat(Evidence.above(new Share(10, 10), new Share(0, 0), 0)).isNotPositive();
    }

    @Test
    void impossibleBoundsAreBorne() {
        assertThat(Evidence.above(new Share(1, 100), 0)).isInfinite();
        assertThat(Evidence.above(new Share(100, 100), new Share(0, 100), 0.99)).isFinite();
        assertThat(Evidence.above(new Share(100, 100), new Share(0, 100), 1)).isZero();
        assertThat(Evidence.above(new Share(5_000_000, 10_000_000), new Share(1_000_000, 10_000_000), 0.01))
                .isGreaterThan(HUNDRED)
                .isFinite();
    }

    @ParameterizedTest
    @CsvSource({"0.01, 0, 10, 1", "0.2, 0, 10, 2", "0.5, 0, 50, 3", "0.01, 0.01, 10, 4", "0.3, 0.05, 25, 5"})
    void aVersionAsGoodAsItMayBeIsRarelyCondemnedHoweverOftenOneLooks(
            double rate, double margin, int percent, long seed) {
        Random random = new Random(seed);
        int runs = 1000;
        int condemned = 0;
        for (int run = 0; run < runs; run++) {
            condemned += condemned(random, rate, margin, percent) ? 1 : 0;
        }
        // 1 % of 1000 runs, and what three standard deviations more would be.
        assertThat(condemned).as("seed %d", seed).isLessThanOrEqualTo(10 + 10);
    }

    /** Looks after every call of 1000. */
    private static boolean condemned(Random random, double rate, double margin, int percent) {
        Share version = new Share(0, 0);
        Share champion = new Share(0, 0);
        for (int call = 0; call < 1000; call++) {
            if (random.nextInt(100) < percent) {
                version = after(version, random.nextDouble() < rate + margin);
            } else {
                champion = after(champion, random.nextDouble() < rate);
            }
            if (Evidence.above(version, champion, margin) >= HUNDRED) {
                return true;
            }
        }
        return false;
    }

    @Test
    void halfOfAllCallsFailingIsSeenAfterAFewOfThem() {
        int most = 0;
        for (long seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            Share version = new Share(0, 0);
            Share champion = new Share(0, 0);
            while (Evidence.above(version, champion, 0.01) < Math.log(600)) {
                if (random.nextInt(10) == 0) {
                    version = after(version, random.nextBoolean());
                } else {
                    champion = after(champion, random.nextInt(200) == 0);
                }
            }
            most = Math.max(most, Math.toIntExact(version.all()));
        }
        assertThat(most).isLessThanOrEqualTo(40);
    }

    private static Share after(Share seen, boolean hit) {
        return new Share(seen.hits() + (hit ? 1 : 0), seen.all() + 1);
    }
}
