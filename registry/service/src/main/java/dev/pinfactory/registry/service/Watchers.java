package dev.pinfactory.registry.service;

import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.error.PinfactoryException;
import dev.pinfactory.proto.v1.WatchRequest;
import dev.pinfactory.proto.v1.WatchResponse;
import io.grpc.stub.ServerCallStreamObserver;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Everybody who watches this replica. */
final class Watchers {
    private final LiveCatalog catalog;
    private final Clock clock;
    private final int limit;
    private final Duration patience;
    private final Set<WatchSession> sessions = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    Watchers(LiveCatalog catalog, Clock clock, int limit, Duration patience) {
        this.catalog = catalog;
        this.clock = clock;
        this.limit = limit;
        this.patience = patience;
        catalog.listen(view -> sessions.forEach(session -> session.show(view)));
    }

    void add(WatchRequest request, ServerCallStreamObserver<WatchResponse> watcher) {
        if (closed) {
            throw new PinfactoryException(ErrorCode.UNAVAILABLE, "the registry is stopping");
        }
        if (sessions.size() >= limit) {
            throw new PinfactoryException(ErrorCode.OVERLOADED, "there are " + limit + " watchers already, the limit");
        }
        WatchSession session = new WatchSession(watcher, request, catalog.view(), clock.instant());
        watcher.setOnReadyHandler(session::resume);
        watcher.setOnCancelHandler(() -> {
            session.cancelled();
            sessions.remove(session);
        });
        sessions.add(session);
        // A change between the view above and this moment would have gone by.
        session.show(catalog.refresh());
    }

    /** Lets all hear that the registry lives. */
    void beat() {
        sessions.removeIf(session -> session.beat(clock.instant(), patience));
    }

    int size() {
        return sessions.size();
    }

    /** Sends all away, to come back to another replica or to the next start. */
    void close() {
        closed = true;
        sessions.forEach(session -> session.end("the registry is stopping"));
        sessions.clear();
    }
}
