package dev.pinfactory.registry.service;

import dev.pinfactory.proto.v1.Heartbeat;
import dev.pinfactory.proto.v1.WatchRequest;
import dev.pinfactory.proto.v1.WatchResponse;
import dev.pinfactory.registry.service.catalog.CatalogView;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One watcher. It is told what lies between where it is and the latest view when it can take something, and holds nothing but the rest of that: while
 * it is slow, changes of the same specialist fall into one.
 */
final class WatchSession {
    private final ServerCallStreamObserver<WatchResponse> watcher;
    private final boolean endpoints;
    private final ReentrantLock lock = new ReentrantLock();

    // Guarded by the lock.
    private final Deque<WatchResponse> toSend = new ArrayDeque<>();
    private CatalogView latest;
    private long known;
    private boolean begun;
    private boolean over;
    private Instant tookLast;

    WatchSession(ServerCallStreamObserver<WatchResponse> watcher, WatchRequest request, CatalogView view, Instant now) {
        this.watcher = watcher;
        this.endpoints = request.getIncludeEndpoints();
        this.known = request.getAfterRevision();
        this.latest = view;
        this.tookLast = now;
    }

    /** The catalogue moved on. */
    void show(CatalogView view) {
        lock.lock();
        try {
            if (view.revision() > latest.revision()) {
                latest = view;
            }
            send();
        } finally {
            lock.unlock();
        }
    }

    /** The watcher can take more. */
    void resume() {
        lock.lock();
        try {
            send();
        } finally {
            lock.unlock();
        }
    }

    /** Says that nothing changed, or ends the watch of one that has taken nothing for too long; true when it is over. */
    boolean beat(Instant now, Duration patience) {
        lock.lock();
        try {
            if (over) {
                return true;
            }
            if (watcher.isReady()) {
                tookLast = now;
                send();
                if (toSend.isEmpty() && watcher.isReady()) {
                    watcher.onNext(WatchResponse.newBuilder()
                            .setHeartbeat(Heartbeat.newBuilder().setRevision(known))
                            .build());
                }
            } else if (Duration.between(tookLast, now).compareTo(patience) > 0) {
                end("the watcher took nothing for " + patience + "; resume at the revision that came last");
            }
            return over;
        } finally {
            lock.unlock();
        }
    }

    /** Ends the watch with a status that makes the watcher come back. */
    void end(String why) {
        lock.lock();
        try {
            if (!over) {
                over = true;
                toSend.clear();
                watcher.onError(Status.UNAVAILABLE.withDescription(why).asRuntimeException());
            }
        } finally {
            lock.unlock();
        }
    }

    void cancelled() {
        lock.lock();
        try {
            over = true;
            toSend.clear();
        } finally {
            lock.unlock();
        }
    }

    private void send() {
        while (!over && watcher.isReady()) {
            if (toSend.isEmpty()) {
                if (begun && known == latest.revision()) {
                    return;
                }
                toSend.addAll(latest.after(known, endpoints));
                known = latest.revision();
                begun = true;
                if (toSend.isEmpty()) {
                    return;
                }
            }
            watcher.onNext(toSend.remove());
        }
    }
}
