package dev.pinfactory.registry.service.catalog;

import static dev.pinfactory.proto.v1.Version.State.CANARY;
import static dev.pinfactory.proto.v1.Version.State.CANDIDATE;
import static dev.pinfactory.proto.v1.Version.State.CHAMPION;
import static dev.pinfactory.proto.v1.Version.State.REJECTED;
import static dev.pinfactory.proto.v1.Version.State.RETIRED;
import static dev.pinfactory.proto.v1.Version.State.SHADOW;

import dev.pinfactory.proto.v1.Version.State;
import java.util.Map;
import java.util.Set;

/** The moves that a version may make. All of them stand here. */
public final class VersionStates {
    private static final Map<State, Set<State>> MOVES = Map.of(
            CANDIDATE, Set.of(SHADOW, CANARY, CHAMPION, REJECTED),
            SHADOW, Set.of(CANDIDATE, CANARY, CHAMPION, REJECTED),
            // To itself: another share of the tasks.
            CANARY, Set.of(CANARY, SHADOW, CHAMPION, RETIRED, REJECTED),
            CHAMPION, Set.of(RETIRED, REJECTED),
            // Back to champion is a roll-back.
            RETIRED, Set.of(SHADOW, CANARY, CHAMPION, REJECTED),
            // Judged again, from the start.
            REJECTED, Set.of(CANDIDATE));

    private VersionStates() {}

    public static boolean allows(State from, State to) {
        return movesFrom(from).contains(to);
    }

    public static Set<State> movesFrom(State from) {
        return MOVES.getOrDefault(from, Set.of());
    }

    public static Set<State> all() {
        return MOVES.keySet();
    }

    /** Whether a version in this state gets tasks whose results are used. */
    public static boolean isServed(State state) {
        return state == CHAMPION || state == CANARY;
    }
}
