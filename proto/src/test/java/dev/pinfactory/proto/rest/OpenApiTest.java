package dev.pinfactory.proto.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.google.protobuf.Descriptors.ServiceDescriptor;
import dev.pinfactory.proto.v1.SwarmServiceOuterClass;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class OpenApiTest {
    private static final ServiceDescriptor SWARM =
            SwarmServiceOuterClass.getDescriptor().findServiceByName("SwarmService");

    private final JsonNode document = JsonMapper.builder().build().readTree(OpenApi.json(SWARM, "1"));

    @Test
    void routesComeFromTheAnnotations() {
        assertThat(HttpRoutes.of(SWARM))
                .extracting(route -> route.rpc().getName(), HttpRoute::method, HttpRoute::path, HttpRoute::body)
                .contains(
                        tuple("RunTask", "POST", "/v1/tasks", "task"),
                        tuple("GetTask", "GET", "/v1/tasks/{task_id}", ""),
                        tuple("DeleteTask", "DELETE", "/v1/tasks/{task_id}", ""),
                        tuple("PlanTask", "POST", "/v1/plans", "task"));
        assertThat(HttpRoutes.of(SWARM).getFirst().responseBody()).isEqualTo("result");
    }

    @Test
    void everyRouteIsInTheDocument() {
        for (HttpRoute route : HttpRoutes.of(SWARM)) {
            JsonNode operation = document.path("paths")
                    .path(route.path())
                    .path(route.method().toLowerCase(Locale.ROOT));
            assertThat(operation.path("operationId").asString())
                    .isEqualToIgnoringCase(route.rpc().getName());
            assertThat(operation.path("responses").has("200")).isTrue();
            assertThat(operation.path("responses").propertyNames()).contains("4XX", "5XX");
        }
    }

    @Test
    void everyReferenceHasItsSchema() {
        Set<String> references = new HashSet<>();
        collect(document, references);
        assertThat(references)
                .hasSizeGreaterThan(20)
                .allSatisfy(reference -> assertThat(
                                document.at(reference.substring(1)).isMissingNode())
                        .as(reference)
                        .isFalse());
    }

    @Test
    void schemasFollowProtobufsJson() {
        JsonNode result =
                document.path("components").path("schemas").path("TaskResult").path("properties");
        assertThat(result.at("/createdAt/anyOf/0/format").asString()).isEqualTo("date-time");
        assertThat(result.path("output").has("type")).isFalse();
        assertThat(result.path("provenance")
                        .path("additionalProperties")
                        .path("$ref")
                        .asString())
                .endsWith("/Provenance");
        assertThat(result.path("status").path("enum").toString()).contains("\"COMPLETE\"");
        assertThat(result.path("steps").path("type").asString()).isEqualTo("array");
        JsonNode content =
                document.path("components").path("schemas").path("ContentRef").path("properties");
        assertThat(content.path("sizeBytes").path("type").toString()).isEqualTo("[\"string\",\"integer\"]");
    }

    /** As ResultJson writes them. */
    @Test
    void whatIsUnsetInAResultIsNull() {
        JsonNode result = document.at("/components/schemas/TaskResult/properties");
        assertThat(result.at("/refusal/anyOf/0/$ref").asString()).endsWith("/Refusal");
        assertThat(result.at("/refusal/anyOf/1/type").asString()).isEqualTo("null");
        assertThat(result.path("steps").has("anyOf")).isFalse();
        assertThat(document.at("/components/schemas/Task/properties/plan").has("anyOf"))
                .isFalse();
    }

    @Test
    void listsAreFilteredByQueryAndEventsAreStreamed() {
        JsonNode list = document.path("paths").path("/v1/tasks").path("get").path("parameters");
        List<String> names = list.valueStream()
                .map(parameter -> parameter.path("name").asString())
                .toList();
        assertThat(names).contains("pageSize", "pageToken", "state", "status", "labels", "createdAfter");
        JsonNode events =
                document.path("paths").path("/v1/tasks/{task_id}/events").path("get");
        assertThat(events.path("responses").path("200").path("content").has("text/event-stream"))
                .isTrue();
        assertThat(document.path("paths")
                        .path("/v1/inputs")
                        .path("post")
                        .path("requestBody")
                        .path("content")
                        .has("multipart/form-data"))
                .isTrue();
    }

    @Test
    void aStreamThatEndsWithItsBodyIsAnsweredAsOneDocument() {
        JsonNode answer = document.at("/paths/~1v1~1specialists~1assess/post/responses/200/content");
        assertThat(answer.propertyNames()).containsExactly("application/json");
        assertThat(answer.at("/application~1json/schema/$ref").asString()).endsWith("/CardImpact");
    }

    @Test
    void commentsOfTheContractsAreTheDescriptions() {
        assertThat(document.at("/components/schemas/Task/description").asString())
                .contains("What a caller wants done");
        assertThat(document.at("/components/schemas/Task/properties/instruction/description")
                        .asString())
                .contains("8,000 code points");
        assertThat(document.at("/paths/~1v1~1tasks/get/description").asString()).isEqualTo("Newest first.");
    }

    private static void collect(JsonNode node, Set<String> references) {
        if (node.path("$ref").isString()) {
            references.add(node.path("$ref").asString());
        }
        node.forEach(child -> collect(child, references));
    }
}
