package dev.pinfactory.orchestrator.service.rest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** What REST adds to the descriptors: answering before the end, files beside the task, several uploads at once, headers. */
final class OpenApiExtras {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String OBJECT = "object";

    private OpenApiExtras() {}

    static String json(Map<String, Object> fromDescriptors) {
        Map<String, Object> document = JSON.readValue(
                JSON.writeValueAsBytes(fromDescriptors),
                JSON.getTypeFactory().constructMapType(LinkedHashMap.class, String.class, Object.class));
        Map<String, Object> run = child(document, "paths", "/v1/tasks", "post");
        parameters(run)
                .addAll(
                        List.of(
                                header("Prefer", "respond-async: answer 202 once the task is accepted"),
                                header(
                                        "Idempotency-Key",
                                        "makes the task durable, and a repeat within 24 hours the same task; it goes on when the caller hangs up")));
        child(run, "requestBody", "content").put("multipart/form-data", Map.of("schema", multipart()));
        child(run, "responses").put("202", accepted());
        child(document, "paths", "/v1/inputs", "post", "responses")
                .put("200", Map.of("description", "OK", "content", jsonContent(uploaded())));
        for (String path : List.of("/v1/tasks/{task_id}", "/v1/pinned-plans/{name}")) {
            Map<String, Object> erased = child(document, "paths", path, "delete", "responses");
            erased.remove("200");
            erased.put("204", Map.of("description", "Erased"));
        }
        Map<String, Object> events = child(document, "paths", "/v1/tasks/{task_id}/events", "get");
        parameters(events).add(header("Last-Event-ID", "the sequence of the last event that was seen"));
        child(events, "responses").put("200", stream());
        child(document, "paths").values().forEach(OpenApiExtras::traced);
        child(document, "components")
                .put("securitySchemes", Map.of("bearer", Map.of("type", "http", "scheme", "bearer")));
        // Without authentication configured, which only loopback allows, no token is asked for.
        document.put("security", List.of(Map.of("bearer", List.of()), Map.of()));
        return JSON.writeValueAsString(document);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> child(Map<String, Object> from, String... path) {
        Map<String, Object> here = from;
        for (String name : path) {
            Object next = here.get(name);
            if (!(next instanceof Map)) {
                throw new IllegalStateException("the API's description has no '" + name + "'");
            }
            here = (Map<String, Object>) next;
        }
        return here;
    }

    @SuppressWarnings("unchecked")
    private static List<Object> parameters(Map<String, Object> operation) {
        return (List<Object>) operation.computeIfAbsent("parameters", none -> new ArrayList<>());
    }

    /** Every operation of a path. Swagger's page shows no references at this level. */
    @SuppressWarnings("unchecked")
    private static void traced(Object path) {
        ((Map<String, Object>) path).put("parameters", List.of(traceparent()));
    }

    private static Map<String, Object> traceparent() {
        return header("traceparent", "the caller's trace context, as W3C defines it; the task's trace goes on from it");
    }

    private static Map<String, Object> header(String name, String description) {
        return Map.of("name", name, "in", "header", "description", description, "schema", Map.of("type", "string"));
    }

    private static Map<String, Object> jsonContent(Map<String, Object> schema) {
        return Map.of("application/json", Map.of("schema", schema));
    }

    private static Map<String, Object> multipart() {
        return Map.of(
                "type", OBJECT,
                "required", List.of("task"),
                "properties", Map.of("task", Map.of("$ref", "#/components/schemas/Task")),
                "additionalProperties", Map.of("type", "string", "contentMediaType", "application/octet-stream"));
    }

    private static Map<String, Object> accepted() {
        Map<String, Object> body = Map.of(
                "type",
                OBJECT,
                "properties",
                Map.of("taskId", Map.of("type", "string"), "state", Map.of("type", "string")));
        return Map.of(
                "description",
                "Accepted, and on disk",
                "headers",
                Map.of("Location", text("of the task"), "Preference-Applied", text("respond-async")),
                "content",
                jsonContent(body));
    }

    private static Map<String, Object> text(String description) {
        return Map.of("description", description, "schema", Map.of("type", "string"));
    }

    private static Map<String, Object> stream() {
        Map<String, Object> event = Map.of("$ref", "#/components/schemas/TaskEvent");
        return Map.of(
                "description",
                "Server-sent events until the task has ended: `id` is the sequence, `event` is state, planned, step-started, step-ended or ended, and "
                        + "`data` a TaskEvent in one line. A comment comes every ten seconds in which nothing happens.",
                "content",
                Map.of("text/event-stream", Map.of("schema", event)));
    }

    private static Map<String, Object> uploaded() {
        Map<String, Object> refs =
                Map.of("type", OBJECT, "additionalProperties", Map.of("$ref", "#/components/schemas/ContentRef"));
        return Map.of("type", OBJECT, "properties", Map.of("inputs", refs));
    }
}
