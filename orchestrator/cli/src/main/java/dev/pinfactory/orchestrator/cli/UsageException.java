package dev.pinfactory.orchestrator.cli;

/** The command line or a file that it names is wrong; the message says what was expected. */
final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UsageException(String message) {
        super(message);
    }
}
