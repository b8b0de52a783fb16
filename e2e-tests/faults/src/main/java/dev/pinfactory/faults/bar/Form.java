package dev.pinfactory.faults.bar;

/** How long a bar is tried. */
public enum Form {
    /** At most a minute, in every test run. */
    SHORT,
    /** As many tries as the bar demands, over several calls if need be. */
    LONG
}
