package dev.pinfactory.registry.service.rollout;

import dev.pinfactory.proto.v1.Counters;
import dev.pinfactory.proto.v1.Judgement;
import dev.pinfactory.proto.v1.Version.State;
import dev.pinfactory.registry.client.LatencyBuckets;
import dev.pinfactory.registry.service.TestingCards;
import dev.pinfactory.registry.service.catalog.Outcomes;
import dev.pinfactory.registry.service.catalog.PublishedVersion;
import dev.pinfactory.registry.service.catalog.Specialist;
import dev.pinfactory.registry.service.catalog.Stage;
import dev.pinfactory.registry.service.catalog.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Version 2 beside the champion 1, in situations that a test bends. */
final class TestingSituations {
    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    static final RolloutPolicy POLICY = policy(true, true, Set.of());

    private TestingSituations() {}

    static RolloutPolicy policy(boolean automatic, boolean rollback, Set<State> approval) {
        return new RolloutPolicy(
                automatic,
                rollback,
                approval,
                0.01,
                Duration.ofSeconds(30),
                100,
                0.8,
                List.of(5, 25),
                50,
                0.01,
                0.05,
                2,
                Duration.ofMillis(20),
                0.02,
                Duration.ofHours(1));
    }

    static PublishedVersion version(String number, State state, int weight) {
        var contract = TestingCards.contract("mood");
        return new PublishedVersion(
                TestingCards.card(contract, number).getVersion(),
                contract,
                "sha256:contract",
                state,
                weight,
                false,
                START,
                START);
    }

    static Situation of(State state, int weight, Outcomes own, Outcomes beside) {
        return situation(version("2", state, weight), own, beside, "1", Duration.ofMinutes(10));
    }

    static Situation situation(
            PublishedVersion version, Outcomes own, Outcomes beside, String judgedAgainst, Duration after) {
        boolean champion = version.state() == State.CHAMPION;
        Specialist specialist =
                new Specialist("mood", List.of(version("1", champion ? State.RETIRED : State.CHAMPION, 0), version));
        Optional<Stage> stage = version.state() == State.CANDIDATE
                ? Optional.empty()
                : Optional.of(new Stage("mood", version.number(), START, Optional.of("1"), own, beside));
        Optional<Verdict> verdict = judgedAgainst.isEmpty()
                ? Optional.empty()
                : Optional.of(new Verdict(
                        Judgement.newBuilder()
                                .setChampion(judgedAgainst)
                                .setPassed(true)
                                .build(),
                        true));
        return new Situation(specialist, version, stage, verdict, true, true, START.plus(after));
    }

    static Counters.Builder calls(long calls, long failures) {
        return latency(
                Counters.newBuilder().setCalls(calls).setCorrectable(calls).setFailures(failures),
                calls,
                Duration.ofMillis(40));
    }

    static Counters.Builder latency(Counters.Builder counters, long calls, Duration took) {
        counters.clearLatency();
        for (int i = 0; i < LatencyBuckets.of(took); i++) {
            counters.addLatency(0);
        }
        return counters.addLatency(calls);
    }

    static Outcomes used(long calls, long failures) {
        return Outcomes.of(calls(calls, failures).build());
    }

    static Outcomes compared(long compared, long agreed, long failures) {
        return Outcomes.of(Counters.newBuilder()
                .setCompared(compared)
                .setAgreed(agreed)
                .setShadowFailures(failures)
                .build());
    }
}
