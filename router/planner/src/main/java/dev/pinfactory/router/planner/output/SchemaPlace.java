package dev.pinfactory.router.planner.output;

import dev.pinfactory.proto.type.JsonPointer;
import dev.pinfactory.router.planner.interpret.Words;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A place of the caller's schema that one value fills.
 *
 * @param pointer where it is
 * @param name its property names from the top, as words
 * @param types the JSON types that it may have but for null; empty where the schema does not say
 * @param description what the schema says of it
 * @param format of a string, such as "date"; else empty
 * @param allowed the strings that it may be; empty where any will do
 * @param items for a list: the places of one element, by pointers from the element; one whole place where elements are scalars
 * @param input the input that it has to speak of, where it is the element of a list that is known to stand for that input
 */
record SchemaPlace(
        JsonPointer pointer,
        String name,
        Set<String> types,
        String description,
        String format,
        List<String> allowed,
        List<SchemaPlace> items,
        Optional<String> input) {
    private static final Set<String> NUMBERS = Set.of("number", "integer");

    /** Names by which a schema says nothing of what it wants. */
    private static final Set<String> TELLS_NOTHING = Set.of(
            "result",
            "results",
            "output",
            "value",
            "values",
            "answer",
            "response",
            "data",
            "content",
            "item",
            "items",
            "list",
            "entry",
            "entries",
            "field",
            "return");

    SchemaPlace {
        types = Set.copyOf(types);
        allowed = List.copyOf(allowed);
        items = List.copyOf(items);
    }

    /** The words of its own property's name. */
    String property() {
        return pointer.isWhole()
                ? ""
                : Abbreviations.writtenOut(pointer.tokens().getLast());
    }

    /** What the place is called and said to be, as one text; what it may be says what it is too. */
    String text() {
        String said = description.isEmpty() ? String.join(" or ", allowed) : description;
        return name.isEmpty() || said.isEmpty() ? name + said : name + ": " + said;
    }

    /** Nothing says what it is: a string alone as schema, or one that is called "result". */
    boolean isNameless() {
        return allowed.isEmpty()
                && description.isEmpty()
                && Words.split(name).stream().allMatch(TELLS_NOTHING::contains);
    }

    boolean allows(String type) {
        return types.isEmpty() || types.contains(type);
    }

    boolean isNumber() {
        return !types.isEmpty() && NUMBERS.containsAll(types);
    }

    boolean isDate() {
        return format.startsWith("date");
    }

    /** Whether one of these labels is a value that it may have. */
    boolean allowsAny(Set<String> labels) {
        Set<String> lower =
                labels.stream().map(label -> label.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
        return allowed.stream().anyMatch(value -> lower.contains(value.toLowerCase(Locale.ROOT)));
    }

    /** What the elements of a list may be; empty where the schema does not say. */
    Set<String> itemTypes() {
        boolean scalars = items.size() == 1 && items.getFirst().pointer().isWhole();
        return scalars ? items.getFirst().types() : items.isEmpty() ? Set.of() : Set.of("object");
    }

    Set<String> itemProperties() {
        return items.stream()
                .filter(item -> !item.pointer().isWhole())
                .map(item -> item.pointer().tokens().getFirst())
                .collect(Collectors.toSet());
    }

    /** The places of the element of a list that stands for an input. */
    List<SchemaPlace> element(int index, String ofInput) {
        return items.stream()
                .map(item -> new SchemaPlace(
                        pointer.child(index).resolve(item.pointer()),
                        item.name(),
                        item.types(),
                        item.description(),
                        item.format(),
                        item.allowed(),
                        item.items(),
                        Optional.of(ofInput)))
                .toList();
    }
}
