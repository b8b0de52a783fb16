package dev.pinfactory.benchmarks;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The work of every step, the same for all contestants: takes its time, then says what it was given. */
final class Specialist {
    private Specialist() {}

    static String work(Shape.Node node, List<String> texts) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(node.millis());
        // Parks may end early.
        for (long left = end - System.nanoTime(); node.millis() > 0 && left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
        return node.id() + texts;
    }
}
