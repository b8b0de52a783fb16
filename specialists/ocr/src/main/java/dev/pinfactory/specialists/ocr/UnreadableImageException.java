package dev.pinfactory.specialists.ocr;

/** An input that is no image, a broken one, or one that is too large. The message begins with the field and is shown to callers. */
final class UnreadableImageException extends Exception {
    private static final long serialVersionUID = 1L;

    UnreadableImageException(String message) {
        super(message);
    }

    UnreadableImageException(String message, Throwable cause) {
        super(message, cause);
    }
}
