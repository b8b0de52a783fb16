package dev.pinfactory.registry.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.proto.v1.Endpoint;
import dev.pinfactory.proto.v1.Entry;
import dev.pinfactory.proto.v1.LiveEndpoint;
import dev.pinfactory.proto.v1.Version;
import dev.pinfactory.proto.v1.Version.State;
import dev.pinfactory.proto.v1.VersionEntry;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class VersionChoiceTest {
    private static final int TASKS = 20_000;

    @Test
    void aCanaryGetsItsShare() {
        Entry entry = entry(version("1", State.CHAMPION, 0, true), version("2", State.CANARY, 10, true));

        // 3 standard deviations of 20,000 tries at 0.1 are 127.
        assertThat(tasksOf(entry, "2").size()).isBetween(2000 - 130, 2000 + 130);
    }

    @Test
    void aGrowingCanaryKeepsItsTasks() {
        Set<Integer> before =
                tasksOf(entry(version("1", State.CHAMPION, 0, true), version("2", State.CANARY, 5, true)), "2");
        Set<Integer> after =
                tasksOf(entry(version("1", State.CHAMPION, 0, true), version("2", State.CANARY, 20, true)), "2");

        assertThat(before).isNotEmpty();
        assertThat(after).containsAll(before);
    }

    @Test
    void theSameTaskGetsTheSameVersion() {
        Entry entry = entry(version("1", State.CHAMPION, 0, true), version("2", State.CANARY, 50, true));

        assertThat(VersionChoice.choose(entry, "task-7")).isEqualTo(VersionChoice.choose(entry, "task-7"));
    }

    @Test
    void whatIsAliveNowhereIsPassedOverIfAnotherLives() {
        Entry canaryGone = entry(version("1", State.CHAMPION, 0, true), version("2", State.CANARY, 100, false));
        Entry championGone = entry(version("1", State.CHAMPION, 0, false), version("2", State.CANARY, 1, true));
        Entry allGone = entry(version("1", State.CHAMPION, 0, false));

        assertThat(tasksOf(canaryGone, "1")).hasSize(TASKS);
        assertThat(tasksOf(championGone, "2")).hasSize(TASKS);
        assertThat(tasksOf(allGone, "1")).hasSize(TASKS);
    }

    @Test
    void onlyChampionsAndCanariesServe() {
        Entry entry = entry(
                version("1", State.CANDIDATE, 0, true),
                version("2", State.SHADOW, 0, true),
                version("3", State.RETIRED, 0, true),
                version("4", State.REJECTED, 0, true));

        assertThat(VersionChoice.choose(entry, "task")).isEmpty();
        assertThat(VersionChoice.shadows(entry))
                .extracting(version -> version.getVersion().getNumber())
                .containsExactly("2");
    }

    private static Set<Integer> tasksOf(Entry entry, String number) {
        return IntStream.range(0, TASKS)
                .filter(task -> VersionChoice.choose(entry, "task-" + task)
                        .orElseThrow()
                        .getVersion()
                        .getNumber()
                        .equals(number))
                .boxed()
                .collect(Collectors.toSet());
    }

    private static Entry entry(VersionEntry... versions) {
        return Entry.newBuilder()
                .setContract(Contract.newBuilder().setId("mood"))
                .addAllVersions(List.of(versions))
                .build();
    }

    private static VersionEntry version(String number, State state, int weight, boolean alive) {
        VersionEntry.Builder version = VersionEntry.newBuilder()
                .setVersion(Version.newBuilder().setNumber(number))
                .setState(state)
                .setWeightPercent(weight);
        if (alive) {
            version.addEndpoints(
                    LiveEndpoint.newBuilder().setEndpoint(Endpoint.newBuilder().setAddress("inprocess:" + number)));
        }
        return version.build();
    }
}
