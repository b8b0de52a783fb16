package dev.pinfactory.router.llm;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import dev.pinfactory.router.planner.PlanOutcome;
import dev.pinfactory.router.planner.PlanningRequest;
import java.net.URI;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A server that answers as it is told, one answer after the other; the last one again and again. */
final class TestingModel implements AutoCloseable {
    static final String PATH = "/v1/chat/completions";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    final WireMockServer server = new WireMockServer(options().dynamicPort().http2PlainDisabled(true));

    TestingModel() {
        server.start();
    }

    URI baseUrl() {
        return URI.create("http://127.0.0.1:" + server.port() + "/v1");
    }

    LlmSettings settings() {
        return LlmSettings.of(baseUrl(), "freight-7b");
    }

    PlanOutcome plan(PlanningRequest request) {
        return plan(settings(), request);
    }

    static PlanOutcome plan(LlmSettings settings, PlanningRequest request) {
        try (LlmPlanner planner = new LlmPlanner(settings)) {
            return planner.plan(request);
        }
    }

    void answers(ResponseDefinitionBuilder... answers) {
        server.resetAll();
        for (int i = 0; i < answers.length; i++) {
            String state = i == 0 ? Scenario.STARTED : "after " + i;
            String next = i == answers.length - 1 ? state : "after " + (i + 1);
            server.stubFor(post(urlEqualTo(PATH))
                    .inScenario("conversation")
                    .whenScenarioStateIs(state)
                    .willSetStateTo(next)
                    .willReturn(answers[i]));
        }
    }

    /** The bodies that came, in order. */
    List<JsonNode> questions() {
        return server.findAll(postRequestedFor(urlEqualTo(PATH))).stream()
                .sorted((a, b) -> a.getLoggedDate().compareTo(b.getLoggedDate()))
                .map(request -> JSON.readTree(request.getBodyAsString()))
                .toList();
    }

    static ResponseDefinitionBuilder says(String content) {
        ObjectNode message = JSON.createObjectNode().put("role", "assistant").put("content", content);
        return message(message, "stop");
    }

    static ResponseDefinitionBuilder message(String message, String finish) {
        return message((ObjectNode) JSON.readTree(message), finish);
    }

    static ResponseDefinitionBuilder message(ObjectNode message, String finish) {
        ObjectNode completion = JSON.createObjectNode();
        completion.put("object", "chat.completion");
        ObjectNode choice = completion.putArray("choices").addObject();
        choice.put("index", 0).put("finish_reason", finish);
        choice.set("message", message);
        completion.putObject("usage").put("prompt_tokens", 1_000).put("completion_tokens", 200);
        return json(completion.toString());
    }

    static ResponseDefinitionBuilder json(String body) {
        return aResponse()
                .withStatus(200)
                .withHeader("Content-Type", "application/json; charset=utf-8")
                .withBody(body);
    }

    /** A text as a JSON string. */
    static String quoted(String text) {
        return JSON.writeValueAsString(text);
    }

    @Override
    public void close() {
        server.stop();
    }
}
