package dev.pinfactory.specialists.training.preparation;

/**
 * How a data set is made.
 *
 * @param leastOfLabel a label with fewer examples is not learnt yet; at least 2
 * @param recent so many of the newest examples that people or streams brought are the recent window; at least 0
 * @param heldShare of the recent window, to compare candidates by; 0 to below 1
 */
public record PreparationSettings(int leastOfLabel, int recent, double heldShare) {
    public PreparationSettings {
        require(leastOfLabel >= 2, "leastOfLabel", leastOfLabel, "at least 2");
        require(recent >= 0, "recent", recent, "at least 0");
        require(heldShare >= 0 && heldShare < 1, "heldShare", heldShare, "from 0 to below 1");
    }

    /** Labels from five examples on; a fifth of the newest 500 is held. */
    public static PreparationSettings defaults() {
        return new PreparationSettings(5, 500, 0.2);
    }

    private static void require(boolean holds, String name, Object value, String expected) {
        if (!holds) {
            throw new IllegalArgumentException(name + " is " + value + ", expected " + expected);
        }
    }
}
