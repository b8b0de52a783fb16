package dev.pinfactory.registry.service.rollout;

import static dev.pinfactory.registry.service.rollout.TestingSituations.POLICY;
import static dev.pinfactory.registry.service.rollout.TestingSituations.START;
import static dev.pinfactory.registry.service.rollout.TestingSituations.calls;
import static dev.pinfactory.registry.service.rollout.TestingSituations.compared;
import static dev.pinfactory.registry.service.rollout.TestingSituations.latency;
import static dev.pinfactory.registry.service.rollout.TestingSituations.of;
import static dev.pinfactory.registry.service.rollout.TestingSituations.policy;
import static dev.pinfactory.registry.service.rollout.TestingSituations.situation;
import static dev.pinfactory.registry.service.rollout.TestingSituations.used;
import static dev.pinfactory.registry.service.rollout.TestingSituations.version;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pinfactory.proto.v1.Version.State;
import dev.pinfactory.registry.service.catalog.Outcomes;
import dev.pinfactory.registry.service.catalog.Specialist;
import dev.pinfactory.registry.service.catalog.VersionStates;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RolloutRulesTest {
    private static final Duration LATER = Duration.ofMinutes(10);
    private static final Outcomes CHAMPION = used(1000, 5);
    private static final Outcomes GOOD_SHADOW = compared(100, 90, 0);
    private static final Outcomes GOOD_CANARY = used(50, 0);

    @Test
    void aJudgedCandidateIsTriedBesideTheChampion() {
        assertMoves(of(State.CANDIDATE, 0, Outcomes.NONE, Outcomes.NONE), Transition.TRY_BESIDE, 0);
    }

    @Test
    void whoWasNotJudgedWaitsForItWhereverItIs() {
        for (State state : List.of(State.CANDIDATE, State.SHADOW, State.CANARY)) {
            int weight = state == State.CANARY ? 5 : 0;
            Outcomes own = state == State.SHADOW ? GOOD_SHADOW : GOOD_CANARY;
            assertWaits(
                    situation(version("2", state, weight), own, CHAMPION, "", LATER),
                    "judgement against the champion 1",
                    false);
        }
    }

    @Test
    void aGoodShadowGetsTheFirstShare() {
        assertMoves(of(State.SHADOW, 0, GOOD_SHADOW, CHAMPION), Transition.TRY_ON_SOME, 5);
    }

    @Test
    void aGoodCanaryGetsMoreAndThenAll() {
        assertMoves(of(State.CANARY, 5, GOOD_CANARY, CHAMPION), Transition.TRY_ON_MORE, 25);
        assertMoves(of(State.CANARY, 10, GOOD_CANARY, CHAMPION), Transition.TRY_ON_MORE, 25);
        assertMoves(of(State.CANARY, 25, GOOD_CANARY, CHAMPION), Transition.PROMOTE, 0);
        assertMoves(of(State.CANARY, 60, GOOD_CANARY, CHAMPION), Transition.PROMOTE, 0);
    }

    @Test
    void aStageNeedsItsCallsAndItsTime() {
        assertWaits(of(State.SHADOW, 0, compared(99, 90, 0), CHAMPION), "compared 99 of 100", false);
        assertWaits(of(State.CANARY, 5, used(49, 0), CHAMPION), "answered 49 of 50", false);
        assertWaits(
                situation(version("2", State.CANARY, 5), GOOD_CANARY, CHAMPION, "1", Duration.ofSeconds(29)),
                "slow calls",
                false);
        assertMoves(
                situation(version("2", State.CANARY, 5), GOOD_CANARY, CHAMPION, "1", Duration.ofSeconds(30)),
                Transition.TRY_ON_MORE,
                25);
    }

    @Test
    void whoDisagreesTooOftenIsRejectedAndWhoMayDoSoIsWatched() {
        assertMoves(of(State.SHADOW, 0, compared(60, 20, 0), CHAMPION), Transition.REJECT_SHADOW, 0);
        assertWaits(of(State.SHADOW, 0, compared(100, 79, 0), CHAMPION), "more calls", false);
    }

    @Test
    void aShadowThatFailsIsRejected() {
        assertMoves(of(State.SHADOW, 0, compared(10, 10, 10), CHAMPION), Transition.REJECT_SHADOW, 0);
    }

    @Test
    void aCanaryIsRejectedForErrorsAbstentionsLatencyAndCorrections() {
        assertRejected(used(14, 7), CHAMPION, "failed 7 of 14");
        assertRejected(Outcomes.of(calls(60, 0).setAbstentions(30).build()), CHAMPION, "abstained 30 of 60");
        assertRejected(
                Outcomes.of(latency(calls(40, 0), 40, Duration.ofMillis(200)).build()), CHAMPION, "took longer than");
        assertRejected(
                Outcomes.of(
                        calls(400, 0).setConfirmedWrong(20).setConfirmedRight(5).build()),
                Outcomes.of(calls(2000, 0)
                        .setConfirmedWrong(10)
                        .setConfirmedRight(90)
                        .build()),
                "found wrong");
        assertRejected(
                Outcomes.of(calls(400, 0).setConfirmedWrong(60).build()),
                Outcomes.of(calls(2000, 0).setConfirmedWrong(40).build()),
                "found wrong 60 of 400");
    }

    @Test
    void whatIsFastEnoughIsNotCompared() {
        Outcomes quick =
                Outcomes.of(latency(calls(1000, 0), 1000, Duration.ofMillis(1)).build());
        Outcomes slower =
                Outcomes.of(latency(calls(1000, 0), 1000, Duration.ofMillis(15)).build());

        assertMoves(of(State.CANARY, 25, slower, quick), Transition.PROMOTE, 0);
    }

    @Test
    void withoutCallsOfTheChampionOnlyGrossFailureIsRejected() {
        assertRejected(used(30, 25), Outcomes.NONE, "at most 20 %");
        assertMoves(of(State.CANARY, 25, used(50, 5), Outcomes.NONE), Transition.PROMOTE, 0);
    }

    @Test
    void aFreshChampionGoesBackAndASettledOneStays() {
        Situation fresh = of(State.CHAMPION, 0, used(100, 20), CHAMPION);
        assertMoves(fresh, Transition.ROLL_BACK, 0);
        assertWaits(of(State.CHAMPION, 0, used(100, 0), CHAMPION), "on probation until", false);

        Situation settled =
                situation(version("2", State.CHAMPION, 0), used(100, 20), CHAMPION, "1", Duration.ofHours(1));
        assertThat(decide(settled)).isEqualTo(new Decision.Rest());
        Situation stranded = new Situation(
                fresh.specialist(), fresh.version(), fresh.stage(), fresh.verdict(), true, false, fresh.now());
        assertWaits(stranded, "can't serve again", true);
    }

    @Test
    void whoWasJudgedAgainstAnotherChampionIsJudgedAgain() {
        assertWaits(
                situation(version("2", State.CANDIDATE, 0), Outcomes.NONE, Outcomes.NONE, "0", LATER),
                "judgement against the champion 1",
                false);
        assertMoves(
                situation(version("2", State.SHADOW, 0), GOOD_SHADOW, CHAMPION, "0", LATER), Transition.JUDGE_AGAIN, 0);
        assertMoves(
                situation(version("2", State.CANARY, 5), GOOD_CANARY, CHAMPION, "0", LATER), Transition.STOP_TRYING, 0);
    }

    @Test
    void oneCanaryAtATimeAndOnlyWhereItIsServed() {
        Situation ready = of(State.SHADOW, 0, GOOD_SHADOW, CHAMPION);
        Specialist withAnother = new Specialist(
                "mood",
                List.of(version("1", State.CHAMPION, 0), version("2", State.SHADOW, 0), version("3", State.CANARY, 5)));

        assertWaits(
                new Situation(withAnother, ready.version(), ready.stage(), ready.verdict(), true, true, ready.now()),
                "the canary 3",
                false);
        assertWaits(
                new Situation(
                        ready.specialist(), ready.version(), ready.stage(), ready.verdict(), false, true, ready.now()),
                "a host that serves it",
                false);
    }

    @ParameterizedTest
    @EnumSource(
            value = State.class,
            names = {"SHADOW", "CANARY", "CHAMPION"})
    void whatNeedsApprovalWaitsForAPersonAndSaysSo(State approval) {
        RolloutRules rules = new RolloutRules(policy(true, true, Set.of(approval)));
        Situation entering = switch (approval) {
            case SHADOW -> of(State.CANDIDATE, 0, Outcomes.NONE, Outcomes.NONE);
            case CANARY -> of(State.SHADOW, 0, GOOD_SHADOW, CHAMPION);
            default -> of(State.CANARY, 25, GOOD_CANARY, CHAMPION);
        };

        assertThat(rules.decide(entering)).isInstanceOfSatisfying(Decision.Wait.class, wait -> {
            assertThat(wait.person()).isTrue();
            assertThat(wait.what()).contains("a person to make it " + approval);
        });
        // A wider share, and a way back, need no approval.
        assertThat(rules.decide(of(State.CANARY, 5, GOOD_CANARY, CHAMPION))).isInstanceOf(Decision.Move.class);
        assertThat(rules.decide(of(State.CANARY, 5, used(14, 7), CHAMPION))).isInstanceOf(Decision.Move.class);
    }

    @Test
    void switchesStopOneDirectionEach() {
        RolloutRules manual = new RolloutRules(policy(false, true, Set.of()));
        assertThat(manual.decide(of(State.CANARY, 25, GOOD_CANARY, CHAMPION)))
                .isInstanceOfSatisfying(
                        Decision.Wait.class, wait -> assertThat(wait.what()).contains("automatic is off"));
        assertThat(manual.decide(of(State.CANARY, 25, used(14, 7), CHAMPION))).isInstanceOf(Decision.Move.class);

        RolloutRules stubborn = new RolloutRules(policy(true, false, Set.of()));
        assertThat(stubborn.decide(of(State.CANARY, 25, used(14, 7), CHAMPION)))
                .isInstanceOfSatisfying(
                        Decision.Wait.class, wait -> assertThat(wait.what()).contains("rollback is off"));
    }

    @Test
    void withoutAChampionAPersonDecides() {
        Situation judged = of(State.CANDIDATE, 0, Outcomes.NONE, Outcomes.NONE);
        Situation alone = new Situation(
                new Specialist("mood", List.of(judged.version())),
                judged.version(),
                Optional.empty(),
                judged.verdict(),
                true,
                false,
                START);

        assertWaits(alone, "no champion", true);
    }

    @Test
    void everyTransitionIsAMoveThatAVersionMayMake() {
        for (Transition transition : Transition.values()) {
            assertThat(VersionStates.allows(transition.from(), transition.to()))
                    .as(transition.name())
                    .isTrue();
            assertThat(transition.isBack()).isEqualTo(transition.to() == State.REJECTED);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void whateverIsSeenADecisionIsInTheTableAndTheSameAgain(long seed) {
        Random random = new Random(seed);
        Set<Transition> seen = EnumSet.noneOf(Transition.class);
        for (int i = 0; i < 5000; i++) {
            Situation situation = anySituation(random);
            RolloutPolicy policy = policy(
                    random.nextInt(5) > 0,
                    random.nextInt(5) > 0,
                    random.nextInt(5) > 0 ? Set.of() : Set.of(State.CANARY, State.CHAMPION));
            Decision decision = new RolloutRules(policy).decide(situation);
            assertThat(new RolloutRules(policy).decide(situation)).isEqualTo(decision);
            if (decision instanceof Decision.Move(Transition transition, int weight, String reason)) {
                seen.add(transition);
                assertThat(transition.from()).isEqualTo(situation.version().state());
                assertThat(reason).isNotBlank().hasSizeLessThan(1000);
                assertThat(weight > 0).isEqualTo(transition.to() == State.CANARY);
                assertThat(weight == 0 || weight > situation.version().weightPercent())
                        .isTrue();
                assertThat(transition.isBack() ? policy.rollback() : policy.automatic())
                        .isTrue();
                assertThat(policy.approval().contains(transition.to())
                                && transition.isOn()
                                && transition != Transition.TRY_ON_MORE)
                        .isFalse();
            }
        }
        assertThat(seen).as("seed %d meets most of the table", seed).hasSizeGreaterThanOrEqualTo(7);
    }

    private static Situation anySituation(Random random) {
        State state = State.forNumber(1 + random.nextInt(6));
        String judgedAgainst = List.of("", "0", "1", "1", "1").get(random.nextInt(5));
        return situation(
                version("2", state, state == State.CANARY ? 1 + random.nextInt(99) : 0),
                anyOutcomes(random, random.nextInt(200)),
                anyOutcomes(random, random.nextInt(2000)),
                judgedAgainst,
                Duration.ofSeconds(random.nextInt(4000)));
    }

    private static Outcomes anyOutcomes(Random random, int calls) {
        boolean good = random.nextBoolean();
        int bad = calls == 0 ? 0 : random.nextInt(good ? 1 + calls / 200 : calls);
        return Outcomes.of(calls(calls, bad)
                .setAbstentions(good ? 0 : random.nextInt(calls + 1))
                .setCompared(calls)
                .setAgreed(calls - bad)
                .setConfirmedWrong(good ? 0 : random.nextInt(20))
                .setConfirmedRight(random.nextInt(20))
                .build());
    }

    private static Decision decide(Situation situation) {
        return new RolloutRules(POLICY).decide(situation);
    }

    private static void assertMoves(Situation situation, Transition transition, int weight) {
        assertThat(decide(situation)).isInstanceOfSatisfying(Decision.Move.class, move -> {
            assertThat(move.transition()).as(move.reason()).isEqualTo(transition);
            assertThat(move.weightPercent()).isEqualTo(weight);
        });
    }

    private static void assertRejected(Outcomes own, Outcomes beside, String why) {
        assertThat(decide(of(State.CANARY, 5, own, beside))).isInstanceOfSatisfying(Decision.Move.class, move -> {
            assertThat(move.transition()).isEqualTo(Transition.REJECT_CANARY);
            assertThat(move.reason()).contains(why).contains("likelihood ratio");
        });
    }

    private static void assertWaits(Situation situation, String what, boolean person) {
        assertThat(decide(situation)).isInstanceOfSatisfying(Decision.Wait.class, wait -> {
            assertThat(wait.what()).contains(what);
            assertThat(wait.person()).isEqualTo(person);
        });
    }
}
