package dev.pinfactory.router.planner.output;

import com.google.protobuf.Value;
import dev.pinfactory.proto.type.SemanticTypes;
import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.proto.v1.Port;
import dev.pinfactory.router.planner.interpret.FunctionWords;
import dev.pinfactory.router.planner.interpret.Words;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A property of a record that a specialist gives.
 *
 * @param name as it is in the output
 * @param also what else the card calls it: where the card lists its properties a second time, word for word but for some, the others are named again
 *     ("company, date and total" and "shop, date and total")
 */
record Field(String name, Kind kind, List<String> also) {
    private static final int MAX_FIELDS = 48;
    private static final int LONGEST_ALIAS = 6;

    /** What its value is, as far as the card says. */
    enum Kind {
        UNKNOWN,
        DATE,
        NUMBER,
        /** Neither: others beside it are said to be dates or numbers, and it is not. */
        WORDS
    }

    Field {
        also = List.copyOf(also);
    }

    /**
     * The properties of a record: those that its declared type has, else the words that the port or the card uses for what it gives. A word that is no
     * property fills nothing, for no place of a schema is called so.
     */
    static List<Field> of(Contract contract, Port port, SemanticTypes types) {
        Map<String, Kind> kinds = declared(port, types);
        if (kinds.isEmpty()) {
            kinds = listed(contract, port);
        }
        if (kinds.values().stream().anyMatch(kind -> kind != Kind.UNKNOWN)) {
            kinds.replaceAll((name, kind) -> kind == Kind.UNKNOWN ? Kind.WORDS : kind);
        }
        Map<String, List<String>> aliases = aliases(contract, List.copyOf(kinds.keySet()));
        List<Field> fields = new ArrayList<>();
        kinds.forEach((name, kind) -> fields.add(new Field(name, kind, aliases.getOrDefault(name, List.of()))));
        return fields;
    }

    /** Its names as texts to compare with. */
    List<String> texts() {
        List<String> texts = new ArrayList<>();
        texts.add(String.join(" ", Words.split(name)));
        texts.addAll(also);
        return texts;
    }

    private static Map<String, Kind> declared(Port port, SemanticTypes types) {
        Map<String, Kind> kinds = new LinkedHashMap<>();
        types.declaration(port.getType()).ifPresent(declaration -> {
            Map<String, Value> properties = declaration
                    .getJsonSchema()
                    .getFieldsOrDefault("properties", Value.getDefaultInstance())
                    .getStructValue()
                    .getFieldsMap();
            new TreeMap<>(properties).forEach((name, property) -> kinds.put(name, kind(property)));
        });
        return kinds;
    }

    private static Kind kind(Value property) {
        Map<String, Value> schema = property.getStructValue().getFieldsMap();
        String type = schema.getOrDefault("type", Value.getDefaultInstance()).getStringValue();
        String format =
                schema.getOrDefault("format", Value.getDefaultInstance()).getStringValue();
        return type.equals("number") || type.equals("integer")
                ? Kind.NUMBER
                : format.startsWith("date") ? Kind.DATE : Kind.UNKNOWN;
    }

    private static Map<String, Kind> listed(Contract contract, Port port) {
        Map<String, Kind> kinds = new LinkedHashMap<>();
        boolean list = port.getDescription().contains(",");
        String text = list
                ? port.getDescription()
                : port.getDescription().replaceAll("\\([^()]*\\)", " ") + " " + contract.getSummary() + " "
                        + contract.getDescription();
        // "total (decimal string), day": what stands in brackets tells of a property and is none.
        for (String part : text.split(list ? ",(?![^(]*\\))|\\band\\b" : "\\s+")) {
            String bare = part.replaceAll("\\([^()]*\\)", " ");
            String hint = part.substring(Math.min(part.length(), Math.max(0, part.indexOf('('))));
            // "as far as they are found" tells of all of them.
            boolean aside = list && Words.split(bare).stream().anyMatch(FunctionWords::isFunctionWord);
            for (String word : aside ? List.<String>of() : Words.split(bare)) {
                if (!FunctionWords.isFunctionWord(word) && kinds.size() < MAX_FIELDS) {
                    kinds.putIfAbsent(word, list && part.contains("(") ? hinted(hint) : Kind.UNKNOWN);
                }
            }
        }
        return kinds;
    }

    private static Kind hinted(String hint) {
        String lower = hint.toLowerCase(Locale.ROOT);
        if (lower.contains("iso 8601") || lower.contains("date")) {
            return Kind.DATE;
        }
        return lower.contains("decimal") || lower.contains("number") || lower.contains("integer")
                ? Kind.NUMBER
                : Kind.UNKNOWN;
    }

    /** From lists in the card that are as long as that of the properties, and agree with it in at least half and at least two of their places. */
    private static Map<String, List<String>> aliases(Contract contract, List<String> names) {
        Map<String, List<String>> aliases = new LinkedHashMap<>();
        if (names.size() < 3) {
            return aliases;
        }
        List<String> sentences = new ArrayList<>(contract.getExamplesList());
        sentences.addAll(List.of((contract.getSummary() + " " + contract.getDescription()).split("(?<=[.;:!?])\\s+")));
        for (String sentence : sentences) {
            List<String> parts = new ArrayList<>();
            for (String part : sentence.split(",\\s*(?:and\\s+)?|\\s+and\\s+")) {
                parts.add(part.replaceAll("[.;:!?]+$", "").strip());
            }
            for (int from = 0; from + names.size() <= parts.size(); from++) {
                aligned(parts.subList(from, from + names.size()), names, aliases);
            }
        }
        return aliases;
    }

    private static void aligned(List<String> parts, List<String> names, Map<String, List<String>> aliases) {
        int same = 0;
        for (int i = 0; i < names.size(); i++) {
            same += Words.contentStems(parts.get(i)).contains(Words.stem(names.get(i))) ? 1 : 0;
        }
        if (same < 2 || 2 * same < names.size()) {
            return;
        }
        for (int i = 0; i < names.size(); i++) {
            String words = edge(parts.get(i), i, names.size());
            Set<String> stems = new LinkedHashSet<>(Words.contentStems(words));
            boolean another = !stems.isEmpty() && !words.equalsIgnoreCase(names.get(i));
            if (another && Words.split(words).size() <= LONGEST_ALIAS) {
                aliases.computeIfAbsent(names.get(i), key -> new ArrayList<>()).add(words);
            }
        }
    }

    /** The first of a list has the verb before it ("Get shop"), the last what follows ("total from this receipt"). */
    private static String edge(String part, int at, int count) {
        List<String> words = List.of(part.split("\\s+"));
        if (at == 0 && words.size() > 1) {
            int from = words.size() - 1;
            for (int i = 0; i < words.size(); i++) {
                if (FunctionWords.isQuestionWord(words.get(i).toLowerCase(Locale.ROOT))) {
                    from = i;
                }
            }
            return String.join(" ", words.subList(from, words.size()));
        }
        if (at == count - 1) {
            for (int i = 1; i < words.size(); i++) {
                if (FunctionWords.isPreposition(words.get(i).toLowerCase(Locale.ROOT))) {
                    return String.join(" ", words.subList(0, i));
                }
            }
        }
        return part;
    }
}
