package dev.pinfactory.orchestrator.engine.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The simulation finds bugs: each seeded one breaks the invariant that is there for it. */
class SabotageTest {
    private static final long SEED = 7;
    private static final int RUNS = 2_000;

    @ParameterizedTest
    @EnumSource
    void isFoundByItsInvariant(Sabotage sabotage) {
        Optional<Broken> found = LongStream.range(SEED, SEED + RUNS)
                .mapToObj(seed -> broken(seed, sabotage))
                .flatMap(Optional::stream)
                .filter(broken -> sabotage.finders().contains(broken.invariant()))
                .findFirst();

        assertThat(found).as("within " + RUNS + " runs from seed " + SEED).isPresent();
    }

    private static Optional<Broken> broken(long seed, Sabotage sabotage) {
        try {
            new World(seed, sabotage.factory()).run();
            return Optional.empty();
        } catch (Broken broken) {
            return Optional.of(broken);
        }
    }
}
