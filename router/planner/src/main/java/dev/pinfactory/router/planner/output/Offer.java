package dev.pinfactory.router.planner.output;

import com.google.protobuf.Value;
import dev.pinfactory.proto.type.JsonPointer;
import dev.pinfactory.proto.type.SemanticTypes;
import dev.pinfactory.proto.v1.InputDescription;
import dev.pinfactory.proto.v1.Port;
import dev.pinfactory.proto.v1.StepOutput;
import dev.pinfactory.router.planner.bind.DraftStep;
import dev.pinfactory.router.planner.interpret.FunctionWords;
import dev.pinfactory.router.planner.interpret.Token;
import dev.pinfactory.router.planner.interpret.Tokenizer;
import dev.pinfactory.router.planner.interpret.Words;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A value that a step gives, whole or a part of it.
 *
 * @param output where it is
 * @param kinds the JSON types that it can be
 * @param name what the part is called
 * @param text what is known of it
 */
record Offer(DraftStep step, StepOutput output, Set<String> kinds, String name, String text) {
    private static final Set<String> SCALARS = Set.of("string", "number", "integer", "boolean");
    private static final int MAX_FIELDS = 48;

    boolean fits(String type) {
        return type.isEmpty() || kinds.contains(type);
    }

    /** Everything that a step's outputs offer. */
    static List<Offer> of(DraftStep step, SemanticTypes types) {
        List<Offer> offers = new ArrayList<>();
        for (Port port : step.contract().getOutputsList()) {
            boolean many = !step.forEach().isEmpty() || port.getCardinality() == Port.Cardinality.MANY;
            String type = port.getType();
            if (many) {
                offers.add(offer(step, port, "", Set.of("array"), port.getName()));
            } else if (types.isAssignable(type, SemanticTypes.LABELS)) {
                offers.add(offer(step, port, "/label", Set.of("string"), port.getName()));
                offers.add(offer(step, port, "/candidates", Set.of("array"), port.getName() + " candidates"));
                offers.add(offer(step, port, "", Set.of("object"), port.getName()));
            } else if (types.isAssignable(type, SemanticTypes.SCORE)) {
                offers.add(offer(step, port, "/value", Set.of("number", "integer"), port.getName()));
                offers.add(offer(step, port, "", Set.of("object"), port.getName()));
            } else if (types.isAssignable(type, SemanticTypes.SPANS)) {
                offers.add(offer(step, port, "", Set.of("array"), port.getName()));
            } else if (types.isAssignable(type, SemanticTypes.TEXT)) {
                offers.add(offer(step, port, "", Set.of("string"), port.getName()));
            } else if (types.isAssignable(type, SemanticTypes.RECORD)) {
                fields(step, port, types)
                        .forEach(field -> offers.add(offer(
                                step, port, JsonPointer.whole().child(field).toString(), SCALARS, field)));
                offers.add(offer(step, port, "", Set.of("object"), port.getName()));
            } else {
                offers.add(offer(step, port, "", Set.of("object", "array", "string"), port.getName()));
            }
        }
        return offers;
    }

    private static Offer offer(DraftStep step, Port port, String pointer, Set<String> kinds, String name) {
        StepOutput output = StepOutput.newBuilder()
                .setStep(step.id())
                .setOutput(port.getName())
                .setPointer(pointer)
                .build();
        String inputs = step.roots().stream().map(InputDescription::getName).collect(Collectors.joining(" "));
        String words = String.join(" ", Words.split(name)) + ": "
                + String.join(" ", Words.split(step.contract().getId())) + " of " + inputs + ", "
                + (port.getDescription().isEmpty() ? step.contract().getSummary() : port.getDescription());
        return new Offer(step, output, kinds, name, words);
    }

    /**
     * The properties of a record: those that its declared type has, else the words that the port or the card uses for what it gives. A word that is no
     * property fills nothing, for no place of a schema is called so.
     */
    private static Set<String> fields(DraftStep step, Port port, SemanticTypes types) {
        Set<String> fields = new LinkedHashSet<>();
        types.declaration(port.getType())
                .ifPresent(declaration -> fields.addAll(new java.util.TreeSet<>(declaration
                        .getJsonSchema()
                        .getFieldsOrDefault("properties", Value.getDefaultInstance())
                        .getStructValue()
                        .getFieldsMap()
                        .keySet())));
        if (!fields.isEmpty()) {
            return fields;
        }
        // "total (decimal string), day": what stands in brackets tells of a property and is none.
        String listed = port.getDescription().replaceAll("\\([^()]*\\)", " ");
        String text = listed.contains(",")
                ? listed
                : listed + " " + step.contract().getSummary() + " "
                        + step.contract().getDescription();
        for (Token token : Tokenizer.tokens(text)) {
            boolean word = token.kind() == Token.Kind.WORD || token.kind() == Token.Kind.NAME;
            if (word && !FunctionWords.isFunctionWord(token.lower()) && fields.size() < MAX_FIELDS) {
                fields.add(token.lower());
            }
        }
        return fields;
    }
}
