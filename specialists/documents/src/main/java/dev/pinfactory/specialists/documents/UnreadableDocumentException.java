package dev.pinfactory.specialists.documents;

/** A document that can't be read, and why. The message is shown to callers and holds nothing of the content. */
final class UnreadableDocumentException extends Exception {
    private static final long serialVersionUID = 1;

    UnreadableDocumentException(String message) {
        super("inputs[document]: " + message);
    }

    UnreadableDocumentException(String message, Throwable cause) {
        super("inputs[document]: " + message, cause);
    }
}
