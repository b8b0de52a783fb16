package dev.pinfactory.orchestrator.engine;

import com.google.protobuf.ListValue;
import com.google.protobuf.NullValue;
import com.google.protobuf.Value;
import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.proto.value.JsonPointer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads an artifact as bindings and conditions do: whole, as a JSON value, at a pointer, or as a list. */
final class Source {
    private static final Value NULL =
            Value.newBuilder().setNullValue(NullValue.NULL_VALUE).build();

    private Source() {}

    /** What stands at the pointer, as a JSON value. Empty where there is nothing, or content that is no JSON: bytes, references. */
    static Optional<Value> valueAt(Artifact artifact, String pointer) {
        return json(artifact).flatMap(value -> JsonPointer.parse(pointer).find(value));
    }

    /**
     * What stands at the pointer, as an artifact of the wanted type: the artifact itself for the whole, an element of a list, or a piece
     * of a JSON value. A null counts as nothing.
     */
    static Optional<Artifact> artifactAt(Artifact artifact, String pointer, String wantedType) {
        if (pointer.isEmpty()) {
            return Optional.of(artifact);
        }
        JsonPointer path = JsonPointer.parse(pointer);
        if (artifact.hasItems()) {
            int index = JsonPointer.index(path.tokens().getFirst());
            boolean inside = index >= 0
                    && index < artifact.getItems().getItemsCount()
                    && !artifact.getItems().getHolesList().contains(index);
            JsonPointer rest =
                    new JsonPointer(path.tokens().subList(1, path.tokens().size()));
            return inside
                    ? artifactAt(artifact.getItems().getItems(index), rest.toString(), wantedType)
                    : Optional.empty();
        }
        return json(artifact)
                .flatMap(path::find)
                .filter(value -> !value.hasNullValue())
                .map(value -> piece(artifact, value, wantedType));
    }

    /**
     * The elements of a list: of an artifact with items, of a JSON array that a pointer led to, else the one artifact itself. A hole is
     * an empty Optional in its place.
     */
    static List<Optional<Artifact>> elements(Artifact artifact, boolean byPointer) {
        List<Optional<Artifact>> elements = new ArrayList<>();
        if (artifact.hasItems()) {
            Set<Integer> holes = new HashSet<>(artifact.getItems().getHolesList());
            List<Artifact> items = artifact.getItems().getItemsList();
            for (int i = 0; i < items.size(); i++) {
                elements.add(holes.contains(i) ? Optional.empty() : Optional.of(items.get(i)));
            }
            return elements;
        }
        if (byPointer && artifact.getJson().hasListValue()) {
            for (Value value : artifact.getJson().getListValue().getValuesList()) {
                elements.add(
                        value.hasNullValue()
                                ? Optional.empty()
                                : Optional.of(piece(artifact, value, artifact.getType())));
            }
            return elements;
        }
        return List.of(Optional.of(artifact));
    }

    private static Optional<Value> json(Artifact artifact) {
        return switch (artifact.getContentCase()) {
            case TEXT ->
                Optional.of(
                        Value.newBuilder().setStringValue(artifact.getText()).build());
            case JSON -> Optional.of(artifact.getJson());
            case ITEMS -> Optional.of(list(artifact));
            case DATA, REF, CONTENT_NOT_SET -> Optional.empty();
        };
    }

    private static Value list(Artifact artifact) {
        ListValue.Builder list = ListValue.newBuilder();
        for (Optional<Artifact> element : elements(artifact, false)) {
            list.addValues(element.flatMap(Source::json).orElse(NULL));
        }
        return Value.newBuilder().setListValue(list).build();
    }

    /** A piece of a JSON value: a string becomes a text where text is wanted, everything else stays JSON. */
    private static Artifact piece(Artifact whole, Value value, String wantedType) {
        Artifact.Builder piece = Artifact.newBuilder()
                .setType(wantedType)
                .setLanguage(whole.getLanguage())
                .addAllDataClasses(whole.getDataClassesList())
                .setConfidence(whole.getConfidence());
        boolean text = value.hasStringValue() && (wantedType.equals("text") || wantedType.equals("any"));
        return text
                ? piece.setType("text").setText(value.getStringValue()).build()
                : piece.setJson(value).build();
    }
}
