package dev.pinfactory.router.planner.output;

import dev.pinfactory.proto.type.JsonPointer;
import dev.pinfactory.proto.type.SemanticTypes;
import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.proto.v1.Port;
import dev.pinfactory.router.planner.bind.LabelWords;
import dev.pinfactory.router.planner.interpret.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What an output port gives, whole or a part of it.
 *
 * @param pointer into the output; into each of its items where it is a list of outputs
 * @param kinds the JSON types that it can be
 * @param name what it is called
 * @param main it is what the port is for, and not how it came about
 * @param field the property that it is, if it is one
 * @param labels the labels that it can be, where the card lists them
 * @param elements for a list: the JSON types of its elements
 * @param properties for a list of objects, and for an object: what they have, where that is known
 */
record Part(
        Port port,
        String pointer,
        Set<String> kinds,
        String name,
        boolean main,
        Optional<Field> field,
        Set<String> labels,
        Set<String> elements,
        Set<String> properties) {
    private static final Set<String> SCALARS = Set.of("string", "number", "integer", "boolean");
    private static final Set<String> NUMBERS = Set.of("number", "integer");

    /** Everything that a specialist gives. */
    static List<Part> of(Contract contract, boolean iterated, SemanticTypes types) {
        List<Part> parts = new ArrayList<>();
        for (Port port : contract.getOutputsList()) {
            boolean many = iterated || port.getCardinality() == Port.Cardinality.MANY;
            single(contract, port, types).forEach(part -> parts.add(many ? part.listed() : part));
        }
        return parts;
    }

    private static List<Part> single(Contract contract, Port port, SemanticTypes types) {
        String type = port.getType();
        List<Part> parts = new ArrayList<>();
        if (types.isAssignable(type, SemanticTypes.LABELS)) {
            parts.add(part(port, "/label", Set.of("string"))
                    .withLabels(LabelWords.of(port.getDescription()).labels()));
            parts.add(part(port, "/candidates", Set.of("array"))
                    .aside("candidates")
                    .withElements(Set.of("label", "confidence")));
            parts.add(part(port, "", Set.of("object")).aside("").withElements(Set.of("label", "candidates")));
        } else if (types.isAssignable(type, SemanticTypes.SCORE)) {
            parts.add(part(port, "/value", NUMBERS));
            parts.add(part(port, "", Set.of("object")).aside("").withElements(Set.of("value", "low", "high")));
        } else if (types.isAssignable(type, SemanticTypes.ENTITIES)) {
            parts.add(part(port, "", Set.of("array")).withElements(Set.of("type", "text", "start", "end", "value")));
        } else if (types.isAssignable(type, SemanticTypes.SPANS)) {
            parts.add(part(port, "", Set.of("array")).withElements(Set.of("text", "start", "end", "label")));
        } else if (types.isAssignable(type, SemanticTypes.TEXT)) {
            parts.add(part(port, "", Set.of("string")));
        } else if (types.isAssignable(type, SemanticTypes.RECORD)) {
            List<Field> fields = Field.of(contract, port, types);
            fields.forEach(field ->
                    parts.add(part(port, JsonPointer.whole().child(field.name()).toString(), SCALARS)
                            .withField(field)));
            parts.add(part(port, "", Set.of("object"))
                    .withElements(fields.stream().map(Field::name).collect(Collectors.toSet())));
        } else {
            parts.add(part(port, "", Set.of("object", "array", "string")));
        }
        return parts;
    }

    private static Part part(Port port, String pointer, Set<String> kinds) {
        return new Part(port, pointer, kinds, port.getName(), true, Optional.empty(), Set.of(), Set.of(), Set.of());
    }

    private Part withLabels(Set<String> each) {
        return new Part(port, pointer, kinds, name, main, field, each, elements, properties);
    }

    private Part withField(Field one) {
        return new Part(port, pointer, kinds, one.name(), main, Optional.of(one), labels, elements, properties);
    }

    private Part withElements(Set<String> each) {
        Set<String> of = kinds.contains("array") ? Set.of("object") : Set.of();
        return new Part(port, pointer, kinds, name, main, field, labels, of, each);
    }

    private Part aside(String word) {
        return new Part(port, pointer, kinds, (name + " " + word).strip(), false, field, labels, elements, properties);
    }

    /** The same of each item of a list. */
    private Part listed() {
        return new Part(port, pointer, Set.of("array"), name, main, field, labels, kinds, properties);
    }

    /** A whole text, or a list: nothing that stands in a form's narrow line. */
    boolean isRunningText(SemanticTypes types) {
        return field.isEmpty() && types.isAssignable(port.getType(), SemanticTypes.TEXT);
    }

    boolean isLabel() {
        return pointer.equals("/label");
    }

    /** The words by which the card speaks of it. */
    List<String> texts(Contract contract) {
        return field.map(Field::texts)
                .orElseGet(() ->
                        List.of(name + " " + String.join(" ", Words.split(contract.getId())), contract.getSummary()));
    }

    /** What it is called. */
    List<String> names() {
        return field.map(Field::texts).orElseGet(() -> List.of(name));
    }

    /** Whether a place may hold it at all. */
    boolean fits(SchemaPlace place, SemanticTypes types) {
        boolean narrow = !place.allowed().isEmpty() || !place.format().isEmpty();
        boolean formless = isRunningText(types) || isLabel() && !place.format().isEmpty();
        if (narrow && formless || !fitsType(place)) {
            return false;
        }
        if (!place.allowed().isEmpty() && !labels.isEmpty() && !place.allowsAny(labels)) {
            return false;
        }
        Field.Kind kind = field.map(Field::kind).orElse(Field.Kind.UNKNOWN);
        boolean otherKind = place.isDate() && (kind == Field.Kind.NUMBER || kind == Field.Kind.WORDS)
                || place.isNumber() && (kind == Field.Kind.DATE || kind == Field.Kind.WORDS);
        return !otherKind;
    }

    private boolean fitsType(SchemaPlace place) {
        if (place.types().isEmpty()) {
            return true;
        }
        if (kinds.contains("array") && place.types().contains("array")) {
            return fitsElements(place);
        }
        // One value makes a list of one.
        boolean alone = place.types().contains("array")
                && !place.itemTypes().isEmpty()
                && kinds.stream().anyMatch(place.itemTypes()::contains);
        return alone || kinds.stream().anyMatch(place.types()::contains);
    }

    private boolean fitsElements(SchemaPlace place) {
        Set<String> wanted = place.itemTypes();
        if (!wanted.isEmpty() && !elements.isEmpty() && elements.stream().noneMatch(wanted::contains)) {
            return false;
        }
        Set<String> named = place.itemProperties();
        return named.isEmpty() || properties.isEmpty() || named.stream().anyMatch(properties::contains);
    }
}
