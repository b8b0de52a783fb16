package dev.pinfactory.orchestrator.service.rest;

import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.error.PinfactoryException;
import dev.pinfactory.proto.v1.ListPinnedPlansRequest;
import dev.pinfactory.proto.v1.ListReviewsRequest;
import dev.pinfactory.proto.v1.ListTasksRequest;
import dev.pinfactory.proto.v1.TaskResult;
import java.text.ParseException;
import java.util.List;
import org.springframework.util.MultiValueMap;

/** Query parameters of the lists, named as the requests' fields are in JSON. */
final class ListQuery {
    private ListQuery() {}

    static ListTasksRequest tasks(MultiValueMap<String, String> query) {
        ListTasksRequest.Builder request = ListTasksRequest.newBuilder();
        String expected = "pageSize, pageToken, state, status, labels, createdAfter or createdBefore";
        read(query, expected, (name, content, all) -> {
            switch (name) {
                case "pageSize" -> request.setPageSize(Integer.parseInt(content));
                case "pageToken" -> request.setPageToken(content);
                case "state" -> request.setState(TaskResult.State.valueOf(content));
                case "status" -> request.setStatus(TaskResult.Status.valueOf(content));
                case "labels" -> request.addAllLabels(all);
                case "createdAfter" -> request.setCreatedAfter(com.google.protobuf.util.Timestamps.parse(content));
                case "createdBefore" -> request.setCreatedBefore(com.google.protobuf.util.Timestamps.parse(content));
                default -> {
                    return false;
                }
            }
            return true;
        });
        return request.build();
    }

    static ListPinnedPlansRequest pinnedPlans(MultiValueMap<String, String> query) {
        ListPinnedPlansRequest.Builder request = ListPinnedPlansRequest.newBuilder();
        read(query, "pageSize, pageToken or name", (name, content, all) -> {
            switch (name) {
                case "pageSize" -> request.setPageSize(Integer.parseInt(content));
                case "pageToken" -> request.setPageToken(content);
                case "name" -> request.setName(content);
                default -> {
                    return false;
                }
            }
            return true;
        });
        return request.build();
    }

    static ListReviewsRequest reviews(MultiValueMap<String, String> query) {
        ListReviewsRequest.Builder request = ListReviewsRequest.newBuilder();
        read(query, "pageSize, pageToken or unclaimed", (name, content, all) -> {
            switch (name) {
                case "pageSize" -> request.setPageSize(Integer.parseInt(content));
                case "pageToken" -> request.setPageToken(content);
                case "unclaimed" -> request.setUnclaimed(bool(content));
                default -> {
                    return false;
                }
            }
            return true;
        });
        return request.build();
    }

    private static boolean bool(String content) {
        if (!content.equals("true") && !content.equals("false")) {
            throw new IllegalArgumentException("expected true or false");
        }
        return content.equals("true");
    }

    /** Takes one parameter; false when the list has none of that name. */
    private interface Parameter {
        boolean take(String name, String content, List<String> all) throws ParseException;
    }

    private static void read(MultiValueMap<String, String> query, String expected, Parameter parameter) {
        query.forEach((name, contents) -> {
            String content = contents.isEmpty() || contents.get(0) == null ? "" : contents.get(0);
            boolean taken;
            try {
                taken = parameter.take(name, content, contents);
            } catch (ParseException | IllegalArgumentException e) {
                throw invalid(name, "'" + shorten(content) + "' is not what this parameter takes");
            }
            if (!taken) {
                throw invalid(name, "is not a parameter of this list; expected " + expected);
            }
        });
    }

    private static String shorten(String text) {
        return text.length() <= 80 ? text : text.substring(0, 80) + "…";
    }

    private static PinfactoryException invalid(String field, String description) {
        return PinfactoryException.of(ErrorCode.INVALID_ARGUMENT, shorten(field), description);
    }
}
