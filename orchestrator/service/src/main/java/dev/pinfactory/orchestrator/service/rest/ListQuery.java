package dev.pinfactory.orchestrator.service.rest;

import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.error.PinfactoryException;
import dev.pinfactory.proto.v1.ListTasksRequest;
import dev.pinfactory.proto.v1.TaskResult;
import java.text.ParseException;
import org.springframework.util.MultiValueMap;

/** Query parameters of the list of tasks, named as the request's fields are in JSON. */
final class ListQuery {
    private ListQuery() {}

    static ListTasksRequest read(MultiValueMap<String, String> query) {
        ListTasksRequest.Builder request = ListTasksRequest.newBuilder();
        query.forEach((name, contents) -> {
            String content = contents.isEmpty() || contents.get(0) == null ? "" : contents.get(0);
            try {
                switch (name) {
                    case "pageSize" -> request.setPageSize(Integer.parseInt(content));
                    case "pageToken" -> request.setPageToken(content);
                    case "state" -> request.setState(TaskResult.State.valueOf(content));
                    case "status" -> request.setStatus(TaskResult.Status.valueOf(content));
                    case "labels" -> request.addAllLabels(contents);
                    case "createdAfter" -> request.setCreatedAfter(com.google.protobuf.util.Timestamps.parse(content));
                    case "createdBefore" ->
                        request.setCreatedBefore(com.google.protobuf.util.Timestamps.parse(content));
                    default ->
                        throw invalid(
                                name,
                                "is not a parameter of this list; expected pageSize, pageToken, state, status, labels, createdAfter or createdBefore");
                }
            } catch (ParseException | IllegalArgumentException e) {
                throw invalid(name, "'" + shorten(content) + "' is not what this parameter takes");
            }
        });
        return request.build();
    }

    private static String shorten(String text) {
        return text.length() <= 80 ? text : text.substring(0, 80) + "…";
    }

    private static PinfactoryException invalid(String field, String description) {
        return PinfactoryException.of(ErrorCode.INVALID_ARGUMENT, shorten(field), description);
    }
}
