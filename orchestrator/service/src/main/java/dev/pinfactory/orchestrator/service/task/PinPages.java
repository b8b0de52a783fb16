package dev.pinfactory.orchestrator.service.task;

import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.error.PinfactoryException;
import dev.pinfactory.proto.plan.PinReference;
import dev.pinfactory.proto.v1.ListPinnedPlansRequest;
import dev.pinfactory.proto.v1.PinnedPlanSummary;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** Pages of a list of pinned plans. A token says where the page before ended, and of which list it is a page. */
final class PinPages {
    private static final int DEFAULT_SIZE = 50;
    private static final int MAX_SIZE = 200;
    private static final int MAX_TOKEN = 300;

    private PinPages() {}

    static int size(ListPinnedPlansRequest request) {
        int size = request.getPageSize();
        if (size < 0 || size > MAX_SIZE) {
            throw invalid("page_size", size + " came; expected 1 to " + MAX_SIZE);
        }
        return size == 0 ? DEFAULT_SIZE : size;
    }

    static Optional<String> name(ListPinnedPlansRequest request) {
        if (request.getName().isEmpty()) {
            return Optional.empty();
        }
        if (!PinReference.isName(request.getName())) {
            throw invalid("name", "is not a name; " + PinReference.EXPECTED_NAME);
        }
        return Optional.of(request.getName());
    }

    static String tokenAfter(PinnedPlanSummary last, ListPinnedPlansRequest request) {
        String position = request.getName() + "/" + PinReference.of(last.getName(), last.getVersion());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(position.getBytes(StandardCharsets.US_ASCII));
    }

    static Optional<PinReference> position(ListPinnedPlansRequest request) {
        String token = request.getPageToken();
        if (token.isEmpty()) {
            return Optional.empty();
        }
        String[] parts = decoded(token).split("/", -1);
        Optional<PinReference> position =
                parts.length == 2 ? PinReference.parse(parts[1]) : Optional.<PinReference>empty();
        if (position.isEmpty() || position.get().version().isEmpty()) {
            throw noToken();
        }
        if (!parts[0].equals(request.getName())) {
            throw invalid(
                    "page_token",
                    "belongs to another list; expected the name that it came with, or no token for the first page");
        }
        return position;
    }

    private static String decoded(String token) {
        if (token.length() > MAX_TOKEN) {
            throw noToken();
        }
        try {
            return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.US_ASCII);
        } catch (IllegalArgumentException e) {
            throw noToken();
        }
    }

    private static PinfactoryException noToken() {
        return invalid("page_token", "is not a token of this list; expected the one that came with the page before");
    }

    private static PinfactoryException invalid(String field, String description) {
        return PinfactoryException.of(ErrorCode.INVALID_ARGUMENT, field, description);
    }
}
