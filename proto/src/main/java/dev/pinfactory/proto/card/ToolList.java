package dev.pinfactory.proto.card;

import dev.pinfactory.proto.type.SemanticTypes;
import dev.pinfactory.proto.v1.Card;
import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.proto.v1.Parameter;
import dev.pinfactory.proto.v1.Port;
import dev.pinfactory.proto.v1.TypeDeclaration;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Tool lists in the benchmark format: a list of {id, desc, input_types, output_types, parameters}; other keys are ignored and the type lists
 * may be empty. A type that is not built in is declared as a plain type, without namespace, schema or parent.
 */
final class ToolList {
    private static final int MAX_TOOLS = 10_000;
    private static final int MAX_SUMMARY = 200;

    private ToolList() {}

    static boolean isToolList(@Nullable Object root) {
        return root instanceof List<?> list
                && !list.isEmpty()
                && list.getFirst() instanceof Map<?, ?> first
                && first.containsKey("id")
                && first.containsKey("desc");
    }

    static List<Card> cards(List<?> tools) {
        if (tools.size() > MAX_TOOLS) {
            throw CardReader.invalid("", tools.size() + " tools; at most " + MAX_TOOLS);
        }
        List<Card> cards = new ArrayList<>();
        for (int i = 0; i < tools.size(); i++) {
            String at = "tools[" + i + "]";
            if (!(tools.get(i) instanceof Map<?, ?> tool)) {
                throw CardReader.invalid(at, "a tool is a mapping with 'id' and 'desc'");
            }
            cards.add(card(tool, at));
        }
        return cards;
    }

    private static Card card(Map<?, ?> tool, String at) {
        String id = text(tool, "id", at);
        String description = text(tool, "desc", at);
        Contract.Builder contract = Contract.newBuilder()
                .setId(id)
                .setCapability(slug(id))
                .setSummary(firstSentence(description))
                .setDescription(description)
                .setKind(Contract.Kind.MODEL);
        TreeSet<String> declared = new TreeSet<>();
        ports(tool, "input_types", at, declared).forEach(contract::addInputs);
        ports(tool, "output_types", at, declared).forEach(contract::addOutputs);
        parameters(tool, at).forEach(contract::addParameters);
        declared.forEach(type -> contract.addTypes(TypeDeclaration.newBuilder().setName(type)));
        return Card.newBuilder().setContract(contract).build();
    }

    private static List<Port> ports(Map<?, ?> tool, String key, String at, TreeSet<String> declared) {
        List<Port> ports = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (Object entry : list(tool, key, at)) {
            // The published lists write one type in two ways ("image", "Image").
            String type = String.valueOf(entry).strip().toLowerCase(Locale.ROOT);
            if (!SemanticTypes.builtIn().isKnown(type)) {
                declared.add(type);
            }
            names.add(type);
            long same = names.stream().filter(type::equals).count();
            String name = type.replaceAll("[^a-z0-9_]+", "_");
            ports.add(Port.newBuilder()
                    .setName(same == 1 ? name : name + "_" + same)
                    .setType(type)
                    .setCardinality(Port.Cardinality.ONE)
                    .build());
        }
        return ports;
    }

    private static List<Parameter> parameters(Map<?, ?> tool, String at) {
        List<Parameter> parameters = new ArrayList<>();
        List<?> entries = list(tool, "parameters", at);
        for (int i = 0; i < entries.size(); i++) {
            String path = at + ".parameters[" + i + "]";
            Parameter.Builder parameter = Parameter.newBuilder().setKind(Parameter.Kind.STRING);
            if (entries.get(i) instanceof Map<?, ?> map) {
                parameter.setName(text(map, "name", path));
                if (map.get("desc") instanceof String description) {
                    parameter.setDescription(description);
                }
            } else {
                parameter.setName(String.valueOf(entries.get(i)));
            }
            parameters.add(parameter.build());
        }
        return parameters;
    }

    private static String text(Map<?, ?> map, String key, String at) {
        Object value = map.get(key);
        if (value == null
                || value instanceof Map
                || value instanceof List
                || value.toString().isBlank()) {
            throw CardReader.invalid(at + "." + key, "is missing; a text is expected");
        }
        return value.toString();
    }

    private static List<?> list(Map<?, ?> map, String key, String at) {
        Object value = map.get(key);
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof List<?> list)) {
            throw CardReader.invalid(at + "." + key, "a list is expected");
        }
        return list;
    }

    /** "Image Search (by Image)" becomes "image-search-by-image". */
    private static String slug(String id) {
        String slug = id.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
        return slug.isEmpty() ? "tool" : slug;
    }

    private static String firstSentence(String description) {
        BreakIterator sentences = BreakIterator.getSentenceInstance(Locale.ENGLISH);
        String line = description.strip().replaceAll("\\s+", " ");
        sentences.setText(line);
        String first = line.substring(0, sentences.next() == BreakIterator.DONE ? line.length() : sentences.current())
                .strip();
        return first.codePointCount(0, first.length()) <= MAX_SUMMARY
                ? first
                : first.substring(0, first.offsetByCodePoints(0, MAX_SUMMARY - 1)) + "…";
    }
}
