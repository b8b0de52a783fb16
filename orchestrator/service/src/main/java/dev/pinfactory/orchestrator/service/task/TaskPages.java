package dev.pinfactory.orchestrator.service.task;

import com.google.protobuf.Timestamp;
import dev.pinfactory.orchestrator.service.store.TaskFilter;
import dev.pinfactory.proto.digest.Digests;
import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.error.PinfactoryException;
import dev.pinfactory.proto.v1.ListTasksRequest;
import dev.pinfactory.proto.v1.TaskResult;
import dev.pinfactory.proto.v1.TaskSummary;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Pages of a list of tasks. A token says where the page before ended, so that new tasks do not shift the pages that follow, and of which list it
 * is a page. */
final class TaskPages {
    private static final int DEFAULT_SIZE = 50;
    private static final int MAX_SIZE = 200;
    private static final int MAX_LABELS = 8;
    private static final int MAX_TOKEN = 300;
    private static final int DIGEST_LENGTH = 16;

    private TaskPages() {}

    static int size(ListTasksRequest request) {
        int size = request.getPageSize();
        if (size < 0 || size > MAX_SIZE) {
            throw invalid("page_size", size + " came; expected 1 to " + MAX_SIZE);
        }
        return size == 0 ? DEFAULT_SIZE : size;
    }

    static TaskFilter filter(ListTasksRequest request) {
        return new TaskFilter(
                state(request),
                status(request),
                labels(request.getLabelsList()),
                request.hasCreatedAfter()
                        ? Optional.of(instant("created_after", request.getCreatedAfter()))
                        : Optional.empty(),
                request.hasCreatedBefore()
                        ? Optional.of(instant("created_before", request.getCreatedBefore()))
                        : Optional.empty(),
                request.getPageToken().isEmpty() ? Optional.empty() : Optional.of(position(request)));
    }

    static String tokenAfter(TaskSummary last, ListTasksRequest request) {
        Timestamp at = last.getCreatedAt();
        String position = String.join(
                ".", Long.toString(at.getSeconds()), Integer.toString(at.getNanos()), list(request), last.getTaskId());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(position.getBytes(StandardCharsets.UTF_8));
    }

    /** Which list a page belongs to: the digest of what was asked for, whatever the size of its pages. */
    private static String list(ListTasksRequest request) {
        List<String> labels =
                request.getLabelsList().stream().distinct().sorted().toList();
        String digest = Digests.of(request.toBuilder()
                .clearPageSize()
                .clearPageToken()
                .clearLabels()
                .addAllLabels(labels));
        return digest.substring(digest.length() - DIGEST_LENGTH);
    }

    private static TaskFilter.Position position(ListTasksRequest request) {
        String token = request.getPageToken();
        try {
            if (token.length() > MAX_TOKEN) {
                throw new IllegalArgumentException("too long");
            }
            String[] parts = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8).split("\\.", 4);
            if (parts.length != 4 || parts[3].indexOf('\0') >= 0) {
                throw new IllegalArgumentException("not four parts");
            }
            if (!parts[2].equals(list(request))) {
                throw invalid(
                        "page_token",
                        "belongs to another list; expected the filter that it came with, or no token for the first page");
            }
            Timestamp at = Timestamp.newBuilder()
                    .setSeconds(Long.parseLong(parts[0]))
                    .setNanos(Integer.parseInt(parts[1]))
                    .build();
            return new TaskFilter.Position(instant("page_token", at), parts[3]);
        } catch (IllegalArgumentException e) {
            throw invalid("page_token", "is not a token of this list; expected the one that came with the page before");
        }
    }

    private static Optional<TaskResult.State> state(ListTasksRequest request) {
        return switch (request.getState()) {
            case STATE_UNSPECIFIED -> Optional.empty();
            case QUEUED, RUNNING, ENDED -> Optional.of(request.getState());
            case UNRECOGNIZED -> throw invalid("state", "is none; expected QUEUED, RUNNING or ENDED");
        };
    }

    private static Optional<TaskResult.Status> status(ListTasksRequest request) {
        return switch (request.getStatus()) {
            case STATUS_UNSPECIFIED -> Optional.empty();
            case COMPLETE, PARTIAL, FAILED, REFUSED, CANCELLED -> Optional.of(request.getStatus());
            case UNRECOGNIZED ->
                throw invalid("status", "is none; expected COMPLETE, PARTIAL, FAILED, REFUSED or CANCELLED");
        };
    }

    private static Set<TaskFilter.Label> labels(List<String> wanted) {
        if (wanted.size() > MAX_LABELS) {
            throw invalid("labels", wanted.size() + " came; at most " + MAX_LABELS);
        }
        Set<TaskFilter.Label> labels = new HashSet<>();
        for (String label : wanted) {
            int equals = label.indexOf('=');
            if (equals < 1 || label.indexOf('\0') >= 0) {
                throw invalid("labels", "expected key=value");
            }
            labels.add(new TaskFilter.Label(label.substring(0, equals), label.substring(equals + 1)));
        }
        return labels;
    }

    private static Instant instant(String field, Timestamp time) {
        try {
            Instant instant = Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
            if (instant.isBefore(Instant.EPOCH) || instant.isAfter(Instant.parse("9999-12-31T23:59:59Z"))) {
                throw invalid(field, "is out of range");
            }
            return instant;
        } catch (DateTimeException | ArithmeticException e) {
            throw invalid(field, "is not a time");
        }
    }

    private static PinfactoryException invalid(String field, String description) {
        return PinfactoryException.of(ErrorCode.INVALID_ARGUMENT, field, description);
    }
}
