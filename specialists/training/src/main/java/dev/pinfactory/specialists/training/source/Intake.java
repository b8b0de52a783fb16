package dev.pinfactory.specialists.training.source;

import java.util.List;
import java.util.Optional;

/** Takes what sources deliver. Thread-safe. */
public interface Intake {
    /**
     * Stores what came, and how far its source was read, in one transaction: after a crash a source goes on where it was, and what comes again is known by its id and not
     * counted twice. It returns when the commit is on disk.
     *
     * @param source its name
     * @param events at most 1,000
     * @param position how far the source was read with them, in its own words; empty where the source itself keeps it
     * @throws IntakeException when nothing was stored; the source waits and delivers the same again
     */
    void accept(String source, List<Received> events, String position);

    /** How far a source was read; empty before its first batch. */
    Optional<String> position(String source);
}
