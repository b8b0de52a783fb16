package dev.pinfactory.specialists.ocr;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Ends one run of a network when nobody waits for it any longer: it can't ask itself, and the first network of a page takes a tenth of a second and more. */
final class Terminator implements AutoCloseable {
    private static final Duration CHECK = Duration.ofMillis(10);

    private final Thread thread;
    private volatile boolean terminated;

    private Terminator(OrtSession.RunOptions options, BooleanSupplier cancelled) {
        thread = Thread.ofVirtual().name("ocr-terminator").unstarted(() -> watch(options, cancelled, this));
    }

    /** Watches until it is closed, which has to happen before the options are. */
    static Terminator watch(OrtSession.RunOptions options, BooleanSupplier cancelled) {
        Terminator terminator = new Terminator(options, cancelled);
        terminator.thread.start();
        return terminator;
    }

    boolean terminated() {
        return terminated;
    }

    private static void watch(OrtSession.RunOptions options, BooleanSupplier cancelled, Terminator terminator) {
        try {
            while (!cancelled.getAsBoolean()) {
                Thread.sleep(CHECK);
            }
            terminator.terminated = true;
            options.setTerminate(true);
        } catch (InterruptedException e) {
            // The run is over.
        } catch (OrtException e) {
            throw new IllegalStateException("a run can't be ended: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        thread.interrupt();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
