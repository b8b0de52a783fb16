package dev.pinfactory.chat;

import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The body of a question. */
public final class ChatRequest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private ChatRequest() {}

    /**
     * @param answer what the JSON that is wanted is called
     * @param answerSchema of that JSON; sent where the server knows schemas
     */
    public static String body(Generation generation, List<ChatMessage> messages, String answer, JsonNode answerSchema) {
        ObjectNode body = JSON.createObjectNode();
        body.put("model", generation.model());
        ArrayNode conversation = body.putArray("messages");
        for (ChatMessage message : messages) {
            conversation.addObject().put("role", message.role().wire()).put("content", message.content());
        }
        body.put("temperature", 0);
        body.put("max_tokens", generation.maxTokens());
        body.put("stream", false);
        switch (generation.format()) {
            case JSON_SCHEMA -> {
                ObjectNode format = body.putObject("response_format").put("type", "json_schema");
                format.putObject("json_schema")
                        .put("name", answer)
                        .put("strict", true)
                        .set("schema", answerSchema);
            }
            case JSON_OBJECT -> body.putObject("response_format").put("type", "json_object");
            case NONE -> {}
        }
        return body.toString();
    }
}
