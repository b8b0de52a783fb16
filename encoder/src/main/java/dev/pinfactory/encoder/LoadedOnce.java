package dev.pinfactory.encoder;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Something costly that is loaded at its first use and then kept. It is loaded on a thread of its own, which nobody interrupts: a caller that is
 * cancelled meanwhile gets it all the same and keeps its interrupt. A load that fails is told to who waits for it, and the next caller tries again.
 */
final class LoadedOnce<T> {
    private final Supplier<T> loader;
    private @Nullable FutureTask<T> load;

    LoadedOnce(Supplier<T> loader) {
        this.loader = loader;
    }

    T get() {
        FutureTask<T> task = task();
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return task.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (ExecutionException e) {
                    forget(task);
                    throw new IllegalStateException("the first load failed: " + e.getCause(), e.getCause());
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private synchronized FutureTask<T> task() {
        FutureTask<T> known = load;
        if (known != null) {
            return known;
        }
        FutureTask<T> task = new FutureTask<>(loader::get);
        Thread.ofPlatform().daemon().name("encoder-load").start(task);
        load = task;
        return task;
    }

    private synchronized void forget(FutureTask<T> failed) {
        if (load == failed) {
            load = null;
        }
    }
}
