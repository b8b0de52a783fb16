package dev.pinfactory.specialists.adapters.server;

import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the log when a server begins to fail, fails otherwise, or is well again, and nothing in between: a thousand calls fail in the same way. */
public final class ServerState {
    private static final Logger LOG = LoggerFactory.getLogger(ServerState.class);
    private static final String WELL = "";

    private final String what;
    private final AtomicReference<String> problem = new AtomicReference<>(WELL);

    /** @param what such as "the model server of 'mood' at http://127.0.0.1:8000/v1" */
    public ServerState(String what) {
        this.what = what;
    }

    public void well() {
        if (!problem.getAndSet(WELL).isEmpty()) {
            LOG.info("{} is well again", what);
        }
    }

    /** @param words of ours: nothing that the server wrote, and no content */
    public void failed(String words) {
        if (!problem.getAndSet(words).equals(words)) {
            LOG.warn("{}: {}", what, words);
        }
    }
}
