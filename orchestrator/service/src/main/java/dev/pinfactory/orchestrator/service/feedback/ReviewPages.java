package dev.pinfactory.orchestrator.service.feedback;

import com.google.protobuf.util.Timestamps;
import dev.pinfactory.orchestrator.service.store.RevisionStore.Position;
import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.error.PinfactoryException;
import dev.pinfactory.proto.v1.ListReviewsRequest;
import dev.pinfactory.proto.v1.TaskResult;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/** Pages of the reviews that wait. A token says where the page before ended. */
final class ReviewPages {
    private static final int DEFAULT_SIZE = 50;
    private static final int MAX_SIZE = 200;
    private static final int MAX_TOKEN = 200;

    private ReviewPages() {}

    static int size(ListReviewsRequest request) {
        int size = request.getPageSize();
        if (size < 0 || size > MAX_SIZE) {
            throw PinfactoryException.of(
                    ErrorCode.INVALID_ARGUMENT, "page_size", size + " came; expected 1 to " + MAX_SIZE);
        }
        return size == 0 ? DEFAULT_SIZE : size;
    }

    static String tokenAfter(TaskResult last) {
        String position = Timestamps.toString(last.getEndedAt()) + " " + last.getTaskId();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(position.getBytes(StandardCharsets.UTF_8));
    }

    static Optional<Position> position(ListReviewsRequest request) {
        String token = request.getPageToken();
        if (token.isEmpty()) {
            return Optional.empty();
        }
        try {
            if (token.length() > MAX_TOKEN) {
                throw new IllegalArgumentException("too long");
            }
            String[] parts = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8).split(" ", 2);
            if (parts.length != 2 || parts[1].indexOf('\0') >= 0) {
                throw new IllegalArgumentException("not two parts");
            }
            long nanos = Timestamps.toNanos(Timestamps.parse(parts[0]));
            return Optional.of(new Position(Instant.ofEpochSecond(0, nanos), parts[1]));
        } catch (IllegalArgumentException | ArithmeticException | ParseException e) {
            throw PinfactoryException.of(
                    ErrorCode.INVALID_ARGUMENT,
                    "page_token",
                    "is not a token of this list; expected the one that came with the page before");
        }
    }
}
