package dev.pinfactory.specialists.adapters.openai;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Value;
import com.google.protobuf.util.JsonFormat;
import dev.pinfactory.chat.ChatMessage;
import dev.pinfactory.chat.ChatMessage.Role;
import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.error.PinfactoryException;
import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.proto.v1.Parameter;
import dev.pinfactory.proto.v1.Port;
import dev.pinfactory.specialists.sdk.Inference;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes the question for one call. Whatever comes from inputs and parameters stands in it as JSON, so that it ends where its quotes end; every
 * {@code <} in it is escaped, because chat templates mark the turns of a conversation with tags.
 */
final class Questions {
    private static final String RULES = resource("rules.txt");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([A-Za-z0-9_-]{1,64})}");
    private static final JsonFormat.Printer PROTO = JsonFormat.printer();
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final ChatMessage system;
    private final String prompt;
    private final long maxInput;

    Questions(ChatMapping mapping, Contract contract) {
        this.system = new ChatMessage(Role.SYSTEM, system(mapping, contract));
        this.prompt = prompt(mapping, contract);
        this.maxInput = mapping.maxInput().toBytes();
    }

    /** @throws PinfactoryException SPECIALIST_INPUT_INVALID naming the port, or the bound */
    List<ChatMessage> of(Inference item) {
        StringBuilder question = new StringBuilder();
        long quoted = 0;
        Matcher places = PLACEHOLDER.matcher(prompt);
        while (places.find()) {
            String data = data(places.group(1), item);
            quoted += data.getBytes(StandardCharsets.UTF_8).length;
            if (quoted > maxInput) {
                throw new PinfactoryException(
                        ErrorCode.SPECIALIST_INPUT_INVALID,
                        "inputs[" + places.group(1) + "] brings the question to " + quoted + " bytes, expected at most "
                                + maxInput);
            }
            places.appendReplacement(question, Matcher.quoteReplacement(data));
        }
        places.appendTail(question);
        return List.of(system, new ChatMessage(Role.USER, question.toString()));
    }

    /** The most bytes that a question has. */
    long longest() {
        return ChatMessage.bytes(List.of(system, new ChatMessage(Role.USER, prompt))) + maxInput;
    }

    private static String data(String name, Inference item) {
        return item.find(name)
                .map(artifact -> json(artifact, name))
                .or(() -> item.parameter(name).map(Questions::json))
                .orElse("null");
    }

    private static String json(Artifact artifact, String port) {
        return switch (artifact.getContentCase()) {
            case TEXT ->
                json(Value.newBuilder().setStringValue(artifact.getText()).build());
            case JSON -> json(artifact.getJson());
            case ITEMS ->
                artifact.getItems().getItemsList().stream()
                        .map(each -> json(each, port))
                        .collect(Collectors.joining(", ", "[", "]"));
            case DATA, REF, CONTENT_NOT_SET ->
                throw new PinfactoryException(
                        ErrorCode.SPECIALIST_INPUT_INVALID, "inputs[" + port + "] has content that can't be quoted");
        };
    }

    private static String json(Value value) {
        try {
            // Protobuf's printer escapes apostrophes and more for the sake of HTML, which a model could not quote.
            return JSON.readTree(PROTO.print(value)).toString().replace("<", "\\u003c");
        } catch (InvalidProtocolBufferException e) {
            throw new PinfactoryException(ErrorCode.SPECIALIST_INPUT_INVALID, "an input has no JSON form", e);
        }
    }

    private static String system(ChatMapping mapping, Contract contract) {
        List<String> rules = new ArrayList<>(List.of(mapping.system().strip(), "", RULES.strip()));
        boolean quotes = mapping.outputs().stream()
                .anyMatch(output -> output.quoted()
                        || output.as() == ChatMapping.As.ENTITIES
                        || output.as() == ChatMapping.As.SPANS);
        if (quotes) {
            rules.add("Copy what you take from the data letter by letter; anything else is thrown away.");
        }
        if (mapping.statedConfidence()) {
            rules.add("\"confidence\" is the probability, from 0 to 1, that your answer is right.");
        }
        rules.add("Answer with one JSON object and nothing else, by this JSON Schema:");
        rules.add(AnswerSchema.of(mapping, contract).toString());
        return String.join("\n", rules);
    }

    private static String prompt(ChatMapping mapping, Contract contract) {
        List<String> names = Stream.concat(
                        contract.getInputsList().stream().map(Port::getName),
                        contract.getParametersList().stream().map(Parameter::getName))
                .toList();
        if (mapping.prompt().isBlank()) {
            return names.stream().map(name -> name + ": {" + name + "}").collect(Collectors.joining("\n"));
        }
        Set<String> used = PLACEHOLDER
                .matcher(mapping.prompt())
                .results()
                .map(result -> result.group(1))
                .collect(Collectors.toSet());
        for (String name : used) {
            ChatMapping.require(names.contains(name), "prompt", "names {" + name + "}, the card has " + names);
        }
        boolean asks = contract.getInputsList().stream().anyMatch(port -> used.contains(port.getName()));
        ChatMapping.require(asks, "prompt", "names no input, such as {" + names.getFirst() + "}");
        return mapping.prompt().strip();
    }

    private static String resource(String name) {
        try (InputStream resource = Questions.class.getResourceAsStream(name)) {
            if (resource == null) {
                throw new IllegalStateException(name + " is not on the class path");
            }
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
