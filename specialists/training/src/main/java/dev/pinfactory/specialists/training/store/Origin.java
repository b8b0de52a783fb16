package dev.pinfactory.specialists.training.store;

/** How a label is known. */
public enum Origin {
    /** What the first version learnt from. */
    BASE,
    /** A person said what is right. */
    CORRECTED,
    /** A reviewer found right what a specialist had said. */
    CONFIRMED,
    /** The business's own events say it. */
    STREAM
}
