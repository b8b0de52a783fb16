package dev.pinfactory.specialists.adapters;

/** A folder that can't be served: what is wrong, in words for who wrote it. */
final class AdaptersException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    AdaptersException(String message, Throwable cause) {
        super(message, cause);
    }
}
