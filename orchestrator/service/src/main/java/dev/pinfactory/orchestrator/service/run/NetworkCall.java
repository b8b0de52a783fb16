package dev.pinfactory.orchestrator.service.run;

/**
 * Work in a thread of its own that can be cancelled while it waits for the network, and only then: an interrupt in the middle of file or database I/O would
 * close the channel under everybody's feet.
 */
final class NetworkCall {
    // Guarded by this.
    private boolean cancelled;
    private boolean waiting;
    private final Thread thread;

    NetworkCall(String name, Work work) {
        this.thread = Thread.ofVirtual().name(name).unstarted(() -> work.run(this));
    }

    /** What the thread does. */
    interface Work {
        void run(NetworkCall call);
    }

    /** What waits for the network. */
    interface Waiting<T> {
        T get() throws InterruptedException;
    }

    void start() {
        thread.start();
    }

    /**
     * Waits for the network.
     *
     * @throws InterruptedException when the call was cancelled, before or meanwhile
     */
    <T> T await(Waiting<T> network) throws InterruptedException {
        synchronized (this) {
            if (cancelled) {
                throw new InterruptedException();
            }
            waiting = true;
        }
        try {
            return network.get();
        } finally {
            synchronized (this) {
                waiting = false;
                boolean ignored = Thread.interrupted();
            }
        }
    }

    synchronized void cancel() {
        cancelled = true;
        if (waiting) {
            thread.interrupt();
        }
    }
}
