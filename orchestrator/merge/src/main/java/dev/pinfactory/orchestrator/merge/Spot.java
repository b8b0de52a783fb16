package dev.pinfactory.orchestrator.merge;

import dev.pinfactory.proto.v1.Artifact;
import java.util.OptionalInt;

/** A place that a binding leads to, and that evidence is followed into. */
sealed interface Spot {
    Artifact artifact();

    /** Into the artifact's JSON; "" is the whole. */
    String pointer();

    /**
     * An input of the task.
     *
     * @param item of an input that is a list; the artifact is then the item
     */
    record OfTask(String input, OptionalInt item, Artifact artifact, String pointer) implements Spot {}

    /**
     * An output of a step.
     *
     * @param item the for_each item that gave it, where it was one
     */
    record OfStep(String step, OptionalInt item, Artifact artifact, String pointer) implements Spot {}
}
