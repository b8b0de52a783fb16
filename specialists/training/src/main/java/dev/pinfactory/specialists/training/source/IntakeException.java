package dev.pinfactory.specialists.training.source;

/** What came could not be stored, such as when the disk is full or the database away. Nothing of it was. */
public final class IntakeException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public IntakeException(String message, Throwable cause) {
        super(message, cause);
    }
}
