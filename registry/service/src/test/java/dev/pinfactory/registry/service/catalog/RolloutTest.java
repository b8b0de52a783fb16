package dev.pinfactory.registry.service.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pinfactory.proto.digest.Digests;
import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.error.PinfactoryException;
import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.proto.v1.Port;
import dev.pinfactory.proto.v1.Version;
import dev.pinfactory.proto.v1.Version.State;
import dev.pinfactory.registry.service.TestingCards;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RolloutTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void aNewChampionRetiresTheFormer() {
        Specialist before = specialist(version("1", State.CHAMPION, 0), version("2", State.CANARY, 10));

        Rollout rollout = Rollout.move(before, "2", State.CHAMPION, 0, "ada", "better by 2 points");

        assertThat(rollout.specialist().champion().map(PublishedVersion::number))
                .contains("2");
        assertThat(rollout.specialist().find("1").map(PublishedVersion::state)).contains(State.RETIRED);
        assertThat(rollout.specialist().canaryPercent()).isZero();
        assertThat(rollout.moves())
                .extracting(VersionMove::number, VersionMove::from, VersionMove::to)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("1", State.CHAMPION, State.RETIRED),
                        org.assertj.core.groups.Tuple.tuple("2", State.CANARY, State.CHAMPION));
    }

    @Test
    void aRetiredVersionComesBackInOneMove() {
        Specialist before = specialist(version("1", State.RETIRED, 0), version("2", State.CHAMPION, 0));

        Specialist after =
                Rollout.move(before, "1", State.CHAMPION, 0, "ada", "roll back").specialist();

        assertThat(after.champion().map(PublishedVersion::number)).contains("1");
        assertThat(after.find("2").map(PublishedVersion::state)).contains(State.RETIRED);
    }

    @Test
    void theSameMoveAgainChangesNothing() {
        Specialist before = specialist(version("1", State.CHAMPION, 0));

        assertThat(Rollout.move(before, "1", State.CHAMPION, 0, "ada", "again").moves())
                .isEmpty();
    }

    @Test
    void whatTheTableDoesNotAllowIsRefusedWithWhatItAllows() {
        Specialist before = specialist(version("1", State.REJECTED, 0));

        assertThatThrownBy(() -> Rollout.move(before, "1", State.CHAMPION, 0, "ada", "hope"))
                .isInstanceOfSatisfying(
                        PinfactoryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.FAILED_PRECONDITION))
                .hasMessageContaining("REJECTED")
                .hasMessageContaining("[CANDIDATE]");
    }

    @Test
    void canariesShareAtMostAllTasks() {
        Specialist before = specialist(version("1", State.CANARY, 60), version("2", State.CANDIDATE, 0));

        assertThatThrownBy(() -> Rollout.move(before, "2", State.CANARY, 41, "ada", "too much"))
                .hasMessageContaining("expected 1 to 40");
        assertThatThrownBy(() -> Rollout.move(before, "2", State.SHADOW, 5, "ada", "no share"))
                .hasMessageContaining("only a CANARY has a weight");
        assertThat(Rollout.move(before, "2", State.CANARY, 40, "ada", "just right")
                        .specialist()
                        .canaryPercent())
                .isEqualTo(100);
    }

    @Test
    void aVersionThatBreaksTheChampionsContractIsNoCanary() {
        Contract narrower = TestingCards.contract("mood").toBuilder()
                .addInputs(Port.newBuilder().setName("author").setType("text"))
                .build();
        PublishedVersion other = new PublishedVersion(
                Version.newBuilder().setNumber("2").build(),
                narrower,
                Digests.of(narrower),
                State.CANDIDATE,
                0,
                false,
                NOW,
                NOW);
        Specialist before = specialist(version("1", State.CHAMPION, 0), other);

        assertThatThrownBy(() -> Rollout.move(before, "2", State.CANARY, 10, "ada", "try"))
                .isInstanceOfSatisfying(
                        PinfactoryException.class,
                        e -> assertThat(e.violations())
                                .singleElement()
                                .satisfies(violation ->
                                        assertThat(violation.field()).isEqualTo("contract.inputs[author]")));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void atMostOneChampionAndAtMostAllTasksWhateverIsTried(long seed) {
        Random random = new Random(seed);
        Specialist specialist = specialist(
                version("1", State.CANDIDATE, 0), version("2", State.CANDIDATE, 0), version("3", State.CANDIDATE, 0));
        List<State> states = new ArrayList<>(EnumSet.complementOf(EnumSet.of(State.UNRECOGNIZED)));
        int moved = 0;
        for (int i = 0; i < 2000; i++) {
            String number = Integer.toString(1 + random.nextInt(3));
            State to = states.get(random.nextInt(states.size()));
            int weight = to == State.CANARY ? random.nextInt(120) : 0;
            State from = specialist.find(number).orElseThrow().state();
            try {
                Rollout rollout = Rollout.move(specialist, number, to, weight, "seed " + seed, "");
                specialist = rollout.specialist();
                assertThat(from == to || VersionStates.allows(from, to)).isTrue();
                moved += rollout.moves().size();
            } catch (PinfactoryException refused) {
                assertThat(refused.code()).isIn(ErrorCode.FAILED_PRECONDITION, ErrorCode.INVALID_ARGUMENT);
            }
            assertThat(specialist.versions().stream().filter(v -> v.state() == State.CHAMPION))
                    .hasSizeLessThanOrEqualTo(1);
            assertThat(specialist.canaryPercent()).isBetween(0, 100);
        }
        assertThat(moved).as("seed %d tries something", seed).isGreaterThan(100);
    }

    @Test
    void everyStateIsReachableAndHasAWayOn() {
        Set<State> all = EnumSet.complementOf(EnumSet.of(State.UNRECOGNIZED, State.STATE_UNSPECIFIED));
        assertThat(VersionStates.all()).isEqualTo(all);
        assertThat(all).allSatisfy(state -> {
            assertThat(VersionStates.movesFrom(state)).isNotEmpty();
            assertThat(all.stream().anyMatch(from -> VersionStates.allows(from, state)))
                    .isTrue();
        });
    }

    private static Specialist specialist(PublishedVersion... versions) {
        return new Specialist("mood", List.of(versions));
    }

    private static PublishedVersion version(String number, State state, int weight) {
        Contract contract = TestingCards.contract("mood");
        return new PublishedVersion(
                TestingCards.card(contract, number).getVersion(),
                contract,
                Digests.of(contract),
                state,
                weight,
                false,
                NOW,
                NOW);
    }
}
