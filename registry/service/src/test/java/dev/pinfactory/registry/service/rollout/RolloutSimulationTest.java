package dev.pinfactory.registry.service.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pinfactory.proto.v1.Counters;
import dev.pinfactory.proto.v1.Version.State;
import dev.pinfactory.registry.client.LatencyBuckets;
import dev.pinfactory.registry.service.catalog.Outcomes;
import dev.pinfactory.registry.service.catalog.PublishedVersion;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Minutes of traffic, second by second, as reports bring it: how fast a bad version goes, and how seldom a good one does. */
class RolloutSimulationTest {
    private static final int TASKS_A_SECOND = 20;
    private static final int REPORT_EVERY = 2;

    /** How often calls of a version fail and abstain, and how long they take. */
    private record Quality(double failing, double abstaining, double millis) {}

    private static final Quality CHAMPION = new Quality(0.005, 0.02, 30);

    /** What became of one canary. */
    private record End(Decision decision, int seconds, double failedShare) {}

    @Test
    void aCanaryThatFailsHalfOfItsCallsIsGoneWithinHalfAMinuteAndHurtsOneTaskInAHundredAtMost() {
        int slowest = 0;
        double worst = 0;
        for (long seed = 0; seed < 300; seed++) {
            End end = run(new Random(seed), 10, new Quality(0.5, 0.02, 30), 60);
            assertThat(end.decision())
                    .as("seed %d", seed)
                    .isInstanceOfSatisfying(
                            Decision.Move.class,
                            move -> assertThat(move.transition()).isEqualTo(Transition.REJECT_CANARY));
            slowest = Math.max(slowest, end.seconds());
            worst = Math.max(worst, end.failedShare());
        }
        assertThat(slowest).isLessThanOrEqualTo(27);
        assertThat(worst).isLessThanOrEqualTo(0.01);
    }

    @Test
    void aCanaryAsGoodAsTheChampionGoesOnAndIsHardlyEverRejected() {
        int rejected = 0;
        for (long seed = 0; seed < 300; seed++) {
            End end = run(new Random(seed), 25, CHAMPION, 600);
            if (end.decision() instanceof Decision.Move(Transition transition, int _, String _)) {
                rejected += transition.isBack() ? 1 : 0;
            }
        }
        // The level promises 3 of 300.
        assertThat(rejected).isLessThanOrEqualTo(1);
    }

    @Test
    void slowOnesAndThoseThatAbstainGoTooAndNoneIsPromoted() {
        for (long seed = 0; seed < 100; seed++) {
            for (Quality bad : new Quality[] {new Quality(0.005, 0.4, 30), new Quality(0.005, 0.02, 300)}) {
                End end = run(new Random(seed), 25, bad, 600);
                assertThat(end.decision())
                        .as("seed %d, %s", seed, bad)
                        .isInstanceOfSatisfying(
                                Decision.Move.class,
                                move -> assertThat(move.transition()).isEqualTo(Transition.REJECT_CANARY));
            }
        }
    }

    /** Until the version moves. Latencies are log-normal. */
    private static End run(Random random, int percent, Quality quality, int seconds) {
        PublishedVersion canary = TestingSituations.version("2", State.CANARY, percent);
        Outcomes own = Outcomes.NONE;
        Outcomes beside = Outcomes.NONE;
        Outcomes ownUntold = Outcomes.NONE;
        Outcomes besideUntold = Outcomes.NONE;
        Decision decision = new Decision.Rest();
        for (int second = 1; second <= seconds; second++) {
            for (int task = 0; task < TASKS_A_SECOND; task++) {
                if (random.nextInt(100) < percent) {
                    ownUntold = ownUntold.plus(call(random, quality));
                } else {
                    besideUntold = besideUntold.plus(call(random, CHAMPION));
                }
            }
            if (second % REPORT_EVERY == 0) {
                own = own.plus(ownUntold);
                beside = beside.plus(besideUntold);
                ownUntold = Outcomes.NONE;
                besideUntold = Outcomes.NONE;
            }
            decision = new RolloutRules(TestingSituations.POLICY)
                    .decide(TestingSituations.situation(canary, own, beside, "1", Duration.ofSeconds(second)));
            if (decision instanceof Decision.Move) {
                long failed = own.plus(ownUntold).failures();
                return new End(decision, second, (double) failed / (seconds * TASKS_A_SECOND));
            }
        }
        return new End(decision, seconds, 1);
    }

    private static Outcomes call(Random random, Quality quality) {
        Counters.Builder one = Counters.newBuilder().setCalls(1).setCorrectable(1);
        double kind = random.nextDouble();
        if (kind < quality.failing()) {
            one.setFailures(1);
        } else if (kind < quality.failing() + quality.abstaining()) {
            one.setAbstentions(1);
        }
        Duration took = Duration.ofNanos(Math.round(quality.millis() * 1e6 * Math.exp(0.4 * random.nextGaussian())));
        for (int i = 0; i < LatencyBuckets.of(took); i++) {
            one.addLatency(0);
        }
        return Outcomes.of(one.addLatency(1).build());
    }
}
