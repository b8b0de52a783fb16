package dev.pinfactory.specialists.training.source;

/** Something that examples come from. */
public interface Source extends AutoCloseable {
    /** As it is configured; part of what is stored. */
    String name();

    /** Begins to deliver, in threads of its own. Failures of the other side are logged and tried again, each time later, up to a minute. */
    void start(Intake intake);

    /** Nothing is delivered once this has returned. */
    @Override
    void close();
}
