package dev.pinfactory.specialists.documents;

/** What is read of one document. Whoever needs more splits it. */
final class Limits {
    static final int BYTES = 32 << 20;
    static final int PAGES = 300;

    /** Of these, only so many may be scanned: each takes a second. */
    static final int SCANNED_PAGES = 50;

    static final int CHARACTERS = 1_000_000;

    /** Of one packed stream, and of all in a document together. */
    static final long UNPACKED_STREAM = 128L << 20;

    static final long UNPACKED = 256L << 20;

    /** Of one image on a page. */
    static final long PIXELS = 100_000_000;

    static final int ATTACHMENTS = 100;

    /** Of all attachments together: they travel in one message of at most 16 MiB. */
    static final int ATTACHED_BYTES = 12 << 20;

    private Limits() {}
}
