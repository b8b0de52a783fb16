package dev.pinfactory.router.llm;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import dev.pinfactory.chat.ChatMessage;
import dev.pinfactory.chat.ChatMessage.Role;
import dev.pinfactory.proto.type.CodePoints;
import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.proto.v1.InputDescription;
import dev.pinfactory.proto.v1.Parameter;
import dev.pinfactory.proto.v1.PlanRequest;
import dev.pinfactory.proto.v1.Port;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the model is told. Everything that somebody else wrote is inside one JSON object, so that it can't look like a message of ours; every
 * {@code <} in it is escaped, because chat templates mark the turns of a conversation with tags.
 */
final class Prompt {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final JsonFormat.Printer PROTO = JsonFormat.printer().omittingInsignificantWhitespace();
    private static final String RULES = resource("system-prompt.txt");
    private static final int MAX_EXAMPLES = 2;
    private static final int MAX_VALUES = 40;
    private static final int MAX_NAME = 128;
    private static final int MAX_ECHO = 16_000;

    private Prompt() {}

    static List<ChatMessage> first(PlanRequest request, List<Contract> shown, LlmSettings.PromptLimits limits) {
        return List.of(new ChatMessage(Role.SYSTEM, RULES), new ChatMessage(Role.USER, task(request, shown, limits)));
    }

    /** The conversation again, with what was wrong. A very long answer is not sent back: it is better written anew. */
    static List<ChatMessage> repair(List<ChatMessage> first, String written, List<String> problems) {
        StringBuilder complaint = new StringBuilder("That is not a plan that can be run:\n");
        problems.forEach(
                problem -> complaint.append("- ").append(escaped(problem)).append('\n'));
        complaint.append("Answer with the corrected JSON object and nothing else.");
        String echo = written.isBlank() || written.length() > MAX_ECHO ? "(no plan)" : escaped(written);
        return List.of(
                first.get(0),
                first.get(1),
                new ChatMessage(Role.ASSISTANT, echo),
                new ChatMessage(Role.USER, complaint.toString()));
    }

    private static String task(PlanRequest request, List<Contract> shown, LlmSettings.PromptLimits limits) {
        ObjectNode task = JSON.createObjectNode();
        ArrayNode specialists = task.putArray("specialists");
        shown.forEach(contract -> card(contract, specialists.addObject(), limits.maxCardText()));
        ArrayNode inputs = task.putArray("inputs");
        request.getInputsList().forEach(input -> input(input, inputs.addObject()));
        if (request.hasOutputSchema()) {
            task.set("output_schema", JSON.readTree(json(request)));
        }
        task.put("instruction", request.getInstruction());
        return escaped(task.toString());
    }

    private static void card(Contract contract, ObjectNode card, int most) {
        card.put("id", contract.getId());
        put(card, "does", contract.getSummary(), most);
        put(card, "description", contract.getDescription(), most);
        examples("examples", contract.getExamplesList(), card, most);
        examples("does_not_answer", contract.getCounterExamplesList(), card, most);
        ArrayNode inputs = card.putArray("inputs");
        contract.getInputsList().forEach(port -> port(port, inputs.addObject(), most));
        ArrayNode outputs = card.putArray("outputs");
        contract.getOutputsList().forEach(port -> port(port, outputs.addObject(), most));
        if (contract.getParametersCount() > 0) {
            ArrayNode parameters = card.putArray("parameters");
            contract.getParametersList().forEach(each -> parameter(each, parameters.addObject(), most));
        }
        if (contract.getLanguagesCount() > 0) {
            ArrayNode languages = card.putArray("languages");
            contract.getLanguagesList().forEach(languages::add);
        }
    }

    private static void examples(String name, List<String> examples, ObjectNode card, int most) {
        if (!examples.isEmpty()) {
            ArrayNode array = card.putArray(name);
            examples.stream().limit(MAX_EXAMPLES).forEach(example -> array.add(CodePoints.shortened(example, most)));
        }
    }

    private static void port(Port port, ObjectNode node, int most) {
        node.put("port", port.getName()).put("type", port.getType());
        if (port.getCardinality() == Port.Cardinality.MANY) {
            node.put("list", true);
        }
        if (port.getOptional()) {
            node.put("optional", true);
        }
        put(node, "description", port.getDescription(), most);
    }

    private static void parameter(Parameter parameter, ObjectNode node, int most) {
        node.put("parameter", parameter.getName())
                .put("kind", parameter.getKind().name());
        if (parameter.getRequired() && !parameter.hasDefaultValue()) {
            node.put("required", true);
        }
        if (parameter.getAllowedValuesCount() > 0) {
            ArrayNode values = node.putArray("allowed");
            parameter.getAllowedValuesList().stream()
                    .limit(MAX_VALUES)
                    .forEach(value -> values.add(CodePoints.shortened(value, MAX_NAME)));
        }
        put(node, "description", parameter.getDescription(), most);
    }

    private static void input(InputDescription input, ObjectNode node) {
        node.put("name", input.getName()).put("type", input.getType());
        put(node, "language", input.getLanguage(), MAX_NAME);
        if (input.getMany()) {
            node.put("list", true);
        }
    }

    private static void put(ObjectNode node, String field, String text, int most) {
        if (!text.isBlank()) {
            node.put(field, CodePoints.shortened(text.strip(), most));
        }
    }

    private static String json(PlanRequest request) {
        try {
            return PROTO.print(request.getOutputSchema());
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException("the output schema has no JSON form", e);
        }
    }

    /** In JSON a {@code <} stands only inside strings, where this is the same character. */
    private static String escaped(String json) {
        return json.replace("<", "\\u003c");
    }

    private static String resource(String name) {
        try (InputStream resource = Prompt.class.getResourceAsStream(name)) {
            if (resource == null) {
                throw new IllegalStateException(name + " is not on the class path");
            }
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
