package dev.pinfactory.load;

/** How a request was answered. */
public enum Answer {
    /** With what was asked for. */
    GOOD,
    /** Come again later: the cheap and honest no of an overloaded service. */
    REFUSED,
    /** In any other way, or not in time. */
    FAILED
}
