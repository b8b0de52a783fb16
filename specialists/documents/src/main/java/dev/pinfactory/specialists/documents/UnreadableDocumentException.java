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

    /** The message, with the name that the file has. */
    String of(String fileName) {
        String message = String.valueOf(getMessage());
        return fileName.isEmpty() ? message : message + " ('" + fileName + "')";
    }
}
