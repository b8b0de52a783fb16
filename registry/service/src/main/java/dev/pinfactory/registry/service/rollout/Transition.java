package dev.pinfactory.registry.service.rollout;

import static dev.pinfactory.proto.v1.Version.State.CANARY;
import static dev.pinfactory.proto.v1.Version.State.CANDIDATE;
import static dev.pinfactory.proto.v1.Version.State.CHAMPION;
import static dev.pinfactory.proto.v1.Version.State.REJECTED;
import static dev.pinfactory.proto.v1.Version.State.SHADOW;

import dev.pinfactory.proto.v1.Version.State;

/** The moves that a version makes by itself. All of them stand here; those that a person may make are more ({@code VersionStates}). */
public enum Transition {
    /** It passed its judgement, and is called beside the champion. */
    TRY_BESIDE(CANDIDATE, SHADOW, Direction.ON),
    /** It did as well beside the champion, and gets a first share of the tasks. */
    TRY_ON_SOME(SHADOW, CANARY, Direction.ON),
    /** It did as well with its share, and gets a larger one. */
    TRY_ON_MORE(CANARY, CANARY, Direction.ON),
    /** It did as well with the largest share; the champion retires. */
    PROMOTE(CANARY, CHAMPION, Direction.ON),
    /** Another version became champion, so it has to be judged again. */
    JUDGE_AGAIN(SHADOW, CANDIDATE, Direction.ASIDE),
    /** Another version became champion, so it gets no tasks until it was judged again. */
    STOP_TRYING(CANARY, SHADOW, Direction.ASIDE),
    /** It did worse beside the champion. */
    REJECT_SHADOW(SHADOW, REJECTED, Direction.BACK),
    /** It did worse with its share. */
    REJECT_CANARY(CANARY, REJECTED, Direction.BACK),
    /** It did worse than the champion before it, which comes back. */
    ROLL_BACK(CHAMPION, REJECTED, Direction.BACK);

    private enum Direction {
        ON,
        ASIDE,
        BACK
    }

    private final State from;
    private final State to;
    private final Direction direction;

    Transition(State from, State to, Direction direction) {
        this.from = from;
        this.to = to;
        this.direction = direction;
    }

    public State from() {
        return from;
    }

    public State to() {
        return to;
    }

    /** Whether it is a step towards being the champion. */
    public boolean isOn() {
        return direction == Direction.ON;
    }

    /** Whether it follows from a disappointment. */
    public boolean isBack() {
        return direction == Direction.BACK;
    }
}
