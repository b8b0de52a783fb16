package dev.pinfactory.orchestrator.service.event;

import dev.pinfactory.orchestrator.service.store.TaskStore;
import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.error.PinfactoryException;
import dev.pinfactory.proto.v1.TaskEvent;
import dev.pinfactory.proto.v1.TaskResult;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Follows the events of a task, past ones first, wherever it runs: here, in another replica, or not any more. */
public final class TaskEvents {
    private static final int PAGE = 200;
    /** How long an event of a task that runs in another replica may stay unseen. */
    private static final Duration POLL = Duration.ofMillis(300);

    private final TaskStore store;
    private final Map<String, Running> running = new ConcurrentHashMap<>();
    /** Never gets an event: what is waited for in another replica is found by asking the store. */
    private final EventLog nothingHere = new EventLog(0);

    private volatile boolean leaving;

    public TaskEvents(TaskStore store) {
        this.store = store;
    }

    private record Running(String tenant, EventLog log) {}

    /** What a watcher does with an event. */
    public interface Watcher {
        /** False when nobody listens any more. */
        boolean accept(TaskEvent event) throws InterruptedException;

        /** Asked while nothing happens. */
        default boolean gone() {
            return false;
        }
    }

    /** A task runs here from now on. */
    public void opened(String tenant, String taskId, EventLog log) {
        running.put(taskId, new Running(tenant, log));
    }

    /** It does not any more. Watchers that have the log go on to its end. */
    public void closed(String taskId, EventLog log) {
        log.close();
        running.computeIfPresent(taskId, (id, known) -> known.log() == log ? null : known);
    }

    /** This process ends: who watches a task goes on elsewhere, and is told so at once instead of being waited for. */
    public void leave() {
        leaving = true;
    }

    /**
     * Hands over all events after a sequence, until the task ends or the watcher stops.
     *
     * @throws PinfactoryException NOT_FOUND when the tenant has no such task, UNAVAILABLE when this process ends before the task
     */
    public void follow(String tenant, String taskId, long afterSequence, Watcher watcher) throws InterruptedException {
        long last = afterSequence;
        Optional<EventLog> here = Optional.empty();
        while (true) {
            if (here.isEmpty()) {
                here = here(tenant, taskId, last);
            }
            // Asked before the events are read: what comes in between is seen in the next round, not lost.
            boolean over = here.isPresent() ? here.get().closed() : hasEnded(tenant, taskId);
            List<TaskEvent> events =
                    here.isPresent() ? here.get().after(last) : store.events(tenant, taskId, last, PAGE);
            for (TaskEvent event : events) {
                if (!watcher.accept(event) || event.hasEnded()) {
                    return;
                }
                last = event.getSequence();
            }
            if (!events.isEmpty()) {
                continue;
            }
            if (watcher.gone()) {
                return;
            }
            if (leaving) {
                throw new PinfactoryException(
                        ErrorCode.UNAVAILABLE, "the service stops; watch again, after sequence " + last);
            }
            if (here.isPresent() && over) {
                // The run ended without the task's end: it was fenced, and goes on elsewhere.
                here = Optional.empty();
            } else if (here.isPresent()) {
                here.get().await(last, POLL);
            } else if (over) {
                // The watcher has seen the end before.
                return;
            } else {
                nothingHere.await(0, POLL);
            }
        }
    }

    private boolean hasEnded(String tenant, String taskId) {
        return store.find(tenant, taskId).orElseThrow(() -> notFound(taskId)).getState() == TaskResult.State.ENDED;
    }

    private Optional<EventLog> here(String tenant, String taskId, long afterSequence) {
        return Optional.ofNullable(running.get(taskId))
                .filter(known -> known.tenant().equals(tenant))
                .map(Running::log)
                .filter(log -> log.covers(afterSequence) && !log.closed());
    }

    /** The same for a task of another tenant as for one that never was. */
    public static PinfactoryException notFound(String taskId) {
        return new PinfactoryException(ErrorCode.NOT_FOUND, "there is no task '" + shorten(taskId) + "'");
    }

    private static String shorten(String taskId) {
        return taskId.length() <= 64 ? taskId : taskId.substring(0, 64) + "…";
    }
}
