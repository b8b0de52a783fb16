package dev.pinfactory.orchestrator.service.rest;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** What REST adds to the descriptors: answering before the end, files beside the task, several uploads at once. */
final class OpenApiExtras {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String OBJECT = "object";

    private OpenApiExtras() {}

    static String json(Map<String, Object> fromDescriptors) {
        Map<String, Object> document = JSON.readValue(
                JSON.writeValueAsBytes(fromDescriptors),
                JSON.getTypeFactory().constructMapType(LinkedHashMap.class, String.class, Object.class));
        Map<String, Object> run = child(document, "paths", "/v1/tasks", "post");
        run.put(
                "parameters",
                List.of(
                        header("Prefer", "respond-async: answer 202 once the task is accepted"),
                        header(
                                "Idempotency-Key",
                                "makes the task durable, and a repeat within 24 hours the same task")));
        child(run, "requestBody", "content").put("multipart/form-data", Map.of("schema", multipart()));
        child(run, "responses")
                .put(
                        "202",
                        Map.of("description", "Accepted; Location has the task", "content", jsonContent(accepted())));
        child(document, "paths", "/v1/inputs", "post", "responses")
                .put("200", Map.of("description", "OK", "content", jsonContent(uploaded())));
        Map<String, Object> erased = child(document, "paths", "/v1/tasks/{task_id}", "delete", "responses");
        erased.remove("200");
        erased.put("204", Map.of("description", "Erased"));
        child(document, "paths", "/v1/tasks/{task_id}/events", "get")
                .put(
                        "parameters",
                        List.of(
                                Map.of(
                                        "name",
                                        "task_id",
                                        "in",
                                        "path",
                                        "required",
                                        true,
                                        "schema",
                                        Map.of("type", "string")),
                                header("Last-Event-ID", "the sequence of the last event that was seen"),
                                Map.of("name", "afterSequence", "in", "query", "schema", Map.of("type", "integer"))));
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
        return Map.of(
                "type",
                OBJECT,
                "properties",
                Map.of("taskId", Map.of("type", "string"), "state", Map.of("type", "string")));
    }

    private static Map<String, Object> uploaded() {
        Map<String, Object> refs =
                Map.of("type", OBJECT, "additionalProperties", Map.of("$ref", "#/components/schemas/ContentRef"));
        return Map.of("type", OBJECT, "properties", Map.of("inputs", refs));
    }
}
