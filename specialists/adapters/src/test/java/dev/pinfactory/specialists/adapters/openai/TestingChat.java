package dev.pinfactory.specialists.adapters.openai;

import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import dev.pinfactory.proto.card.CardReader;
import dev.pinfactory.proto.v1.Card;
import dev.pinfactory.specialists.adapters.server.MappingFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A language model that says what it is told to, and the folder of a specialist that asks it. */
public final class TestingChat implements AutoCloseable {
    private static final String PATH = "/v1/chat/completions";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    public static final String CARD = """
            contract:
              id: mood-llm
              capability: classify.mood
              summary: Tells the mood of a review.
              description: Says whether a review is positive or negative.
              examples: ["What is the mood of the review?"]
              inputs: [{name: text, type: text}]
              outputs: [{name: mood, type: labels}]
              kind: LLM
              idempotent: true
            version: {number: 2.1.0}
            """;
    public static final String OUTPUTS = """
              outputs:
                - {port: mood, as: labels, labels: [positive, negative]}
            """;

    private final WireMockServer server;

    public TestingChat() {
        this(options().dynamicPort().http2PlainDisabled(true));
    }

    public TestingChat(WireMockConfiguration options) {
        server = new WireMockServer(options);
        server.start();
        server.stubFor(get(urlEqualTo("/v1/models"))
                .willReturn(Dialect.json(
                        200, "{\"object\": \"list\", \"data\": [{\"id\": \"small-7b\", \"object\": \"model\"}]}")));
        says("{\"mood\": \"negative\", \"unsure\": false}");
    }

    public void says(String content) {
        answers(Dialect.VLLM.says(content));
    }

    void answers(ResponseDefinitionBuilder answer) {
        server.stubFor(post(urlEqualTo(PATH)).willReturn(answer));
    }

    WireMockServer server() {
        return server;
    }

    List<JsonNode> questions() {
        return server.findAll(postRequestedFor(urlEqualTo(PATH))).stream()
                .map(request -> JSON.readTree(request.getBodyAsString()))
                .toList();
    }

    /** @param more lines of the mapping, two spaces deep */
    public Path write(Path directory, String card, String outputs, String more) throws IOException {
        Path folder = Files.createDirectories(directory.resolve("mood-llm"));
        Files.writeString(folder.resolve("card.yaml"), card);
        Files.writeString(
                folder.resolve("mapping.yaml"),
                """
                open-ai:
                  base-url: %s/v1
                  model: small-7b
                  timeout: 5s
                  system: You tell the mood of reviews.
                """.formatted(server.baseUrl().replace("localhost", "127.0.0.1")) + outputs + more);
        return folder;
    }

    public Path write(Path directory) throws IOException {
        return write(directory, CARD, OUTPUTS, "");
    }

    static ChatModel model(Path folder, Map<String, Object> variables) throws IOException {
        StandardEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource("variables", variables));
        return new ChatModel(
                ChatMapping.read(MappingFile.load(folder.resolve("mapping.yaml"), environment)),
                card(folder),
                folder,
                Optional.empty());
    }

    static Card card(Path folder) throws IOException {
        return CardReader.readOne(Files.readString(folder.resolve("card.yaml")));
    }

    @Override
    public void close() {
        server.stop();
    }
}
