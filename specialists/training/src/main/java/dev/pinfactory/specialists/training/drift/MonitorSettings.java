package dev.pinfactory.specialists.training.drift;

/**
 * How closely a specialist is watched.
 *
 * @param reference how many calls are learnt from at first, as what is usual; at least 200
 * @param window how many of the newest calls are compared with them; at least 50, at most half of the reference
 * @param stride after how many calls they are compared again; at least 1
 * @param falseAlarms how many there may be in one call while nothing changes, by all monitors together; above 0
 */
public record MonitorSettings(int reference, int window, int stride, double falseAlarms) {
    private static final int LEAST_REFERENCE = 200;
    private static final int LEAST_WINDOW = 50;

    public MonitorSettings {
        require(reference >= LEAST_REFERENCE, "reference", reference, "at least " + LEAST_REFERENCE);
        require(
                window >= LEAST_WINDOW && window <= reference / 2,
                "window",
                window,
                "at least " + LEAST_WINDOW + ", at most half of the reference");
        require(stride >= 1, "stride", stride, "at least 1");
        require(falseAlarms > 0 && falseAlarms < 1, "falseAlarms", falseAlarms, "above 0 and below 1");
    }

    /** 2,000 calls are learnt from, the newest 300 compared with them after each 20, with one false alarm in 20,000 calls. */
    public static MonitorSettings defaults() {
        return new MonitorSettings(2_000, 300, 20, 1.0 / 20_000);
    }

    private static void require(boolean holds, String name, Object value, String expected) {
        if (!holds) {
            throw new IllegalArgumentException(name + " is " + value + ", expected " + expected);
        }
    }
}
