package dev.pinfactory.orchestrator.service.rest;

import dev.pinfactory.orchestrator.service.event.TaskEvents;
import dev.pinfactory.orchestrator.service.task.TaskRecords;
import dev.pinfactory.orchestrator.service.task.Tenants;
import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.error.PinfactoryException;
import dev.pinfactory.proto.rest.ResultJson;
import dev.pinfactory.proto.v1.TaskEvent;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** The events of a task as server-sent events. An event's id is its sequence, so a browser that reconnects goes on where it was. */
@RestController
class EventController {
    private static final long LONGEST_MILLIS = 30 * 60 * 1_000;

    private final TaskEvents events;
    private final TaskRecords records;
    private final Tenants tenants;

    EventController(TaskEvents events, TaskRecords records, Tenants tenants) {
        this.events = events;
        this.records = records;
        this.tenants = tenants;
    }

    @GetMapping(path = "/v1/tasks/{task_id}/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    SseEmitter events(
            @PathVariable("task_id") String taskId,
            @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId,
            @RequestParam(name = "afterSequence", required = false) @Nullable String afterSequence) {
        String tenant = tenants.current();
        long after = sequence(lastEventId != null ? lastEventId : afterSequence);
        // Before the stream begins, because afterwards there is no status to say it with.
        records.get(tenant, taskId);
        SseEmitter emitter = new SseEmitter(LONGEST_MILLIS);
        Following following = new Following(emitter);
        emitter.onCompletion(following::stop);
        emitter.onTimeout(following::stop);
        emitter.onError(failure -> following.stop());
        Thread.ofVirtual().name("events-" + taskId).start(() -> {
            try {
                events.follow(tenant, taskId, after, following);
                emitter.complete();
            } catch (InterruptedException | RuntimeException e) {
                emitter.completeWithError(e);
            }
        });
        return emitter;
    }

    private static long sequence(@Nullable String given) {
        try {
            return given == null ? 0 : Math.max(0, Long.parseLong(given));
        } catch (NumberFormatException e) {
            throw PinfactoryException.of(
                    ErrorCode.INVALID_ARGUMENT, "Last-Event-ID", "expected the number of an event");
        }
    }

    /** Sends until the reader is gone. */
    private static final class Following implements TaskEvents.Watcher {
        /** Keeps proxies from closing a silent stream, and finds out that nobody reads it any more. */
        private static final long COMMENT_NANOS = 10_000_000_000L;

        private final SseEmitter emitter;
        private volatile boolean gone;
        private long lastSent = System.nanoTime();

        Following(SseEmitter emitter) {
            this.emitter = emitter;
        }

        void stop() {
            gone = true;
        }

        @Override
        public boolean gone() {
            if (!gone && System.nanoTime() - lastSent > COMMENT_NANOS) {
                gone = !send(SseEmitter.event().comment("still running"));
            }
            return gone;
        }

        @Override
        public boolean accept(TaskEvent event) {
            if (gone) {
                return false;
            }
            return send(SseEmitter.event()
                    .id(Long.toString(event.getSequence()))
                    .name(name(event))
                    .data(ResultJson.line(event)));
        }

        private boolean send(SseEmitter.SseEventBuilder event) {
            lastSent = System.nanoTime();
            try {
                emitter.send(event);
                return true;
            } catch (IOException e) {
                return false;
            } catch (IllegalStateException e) {
                // The emitter was completed in between: the reader is gone.
                return false;
            }
        }

        private static String name(TaskEvent event) {
            return switch (event.getEventCase()) {
                case STATE_CHANGED -> "state";
                case PLANNED -> "planned";
                case STEP_STARTED -> "step-started";
                case STEP_ENDED -> "step-ended";
                case ENDED -> "ended";
                case EVENT_NOT_SET -> "unknown";
            };
        }
    }
}
