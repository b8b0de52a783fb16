package dev.pinfactory.specialists.ocr;

import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** The networks, loaded when the first page comes, and no more pages at a time than memory is meant for. Safe for concurrent use. */
final class LazyReader implements AutoCloseable {
    private final OcrSettings settings;
    private final Semaphore pages;
    private @Nullable PageReader reader;

    LazyReader(OcrSettings settings) {
        this.settings = settings;
        this.pages = new Semaphore(settings.concurrentPages(), true);
    }

    /** The process's own, with the settings of its system properties. */
    static LazyReader shared() {
        return Shared.READER;
    }

    private static final class Shared {
        static final LazyReader READER = new LazyReader(OcrSettings.fromSystemProperties());
    }

    /** What is done with the networks for one page. */
    interface Reading<T> {
        Optional<T> with(PageReader reader) throws UnreadableImageException;
    }

    /** Waits for its turn. */
    <T> Optional<T> read(Reading<T> reading) throws UnreadableImageException {
        pages.acquireUninterruptibly();
        try {
            return reading.with(loaded());
        } finally {
            pages.release();
        }
    }

    private synchronized PageReader loaded() {
        if (reader == null) {
            reader = PageReader.load(settings);
        }
        return reader;
    }

    @Override
    public synchronized void close() {
        if (reader != null) {
            reader.close();
            reader = null;
        }
    }
}
