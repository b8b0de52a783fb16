package dev.pinfactory.specialists.learning;

/** Training or test data that is missing or wrong. The message is for the one who gave it. */
public final class DataException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public DataException(String message) {
        super(message);
    }

    public DataException(String message, Throwable cause) {
        super(message, cause);
    }
}
