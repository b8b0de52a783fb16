package dev.pinfactory.specialists.training.drift;

/** How far the calls of a window are from those of a reference, in one respect. Not thread-safe. */
interface Distance {
    Alarm.Monitor monitor();

    /** One more call in the window. */
    void enter(Observation observation);

    /** The oldest call of the window goes. */
    void leave(Observation observation);

    /** Of the whole window; larger is farther. */
    Measured measure();

    /**
     * A distance.
     *
     * @param field where it is this large
     */
    record Measured(String field, double value) {}
}
