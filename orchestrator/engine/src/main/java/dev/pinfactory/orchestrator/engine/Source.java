package dev.pinfactory.orchestrator.engine;

import com.google.protobuf.ListValue;
import com.google.protobuf.NullValue;
import com.google.protobuf.Value;
import dev.pinfactory.proto.type.JsonPointer;
import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.proto.v1.ArtifactList;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
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
        return artifactAt(artifact, pointer, "any").flatMap(Source::json);
    }

    /**
     * What stands at the pointer, as an artifact of the wanted type: the artifact itself for the whole, else a piece of its JSON value. Of
     * a list the pointer picks the same piece of each item, and an item that has none becomes a hole. A null counts as nothing.
     */
    static Optional<Artifact> artifactAt(Artifact artifact, String pointer, String wantedType) {
        if (pointer.isEmpty()) {
            return Optional.of(artifact);
        }
        if (!artifact.hasItems()) {
            return json(artifact)
                    .flatMap(JsonPointer.of(pointer)::in)
                    .filter(value -> !value.hasNullValue())
                    .map(value -> piece(artifact, value, wantedType));
        }
        ArtifactList.Builder list = ArtifactList.newBuilder();
        for (Optional<Artifact> element : elements(artifact, false)) {
            Optional<Artifact> piece = element.flatMap(item -> artifactAt(item, pointer, wantedType));
            if (piece.isEmpty()) {
                list.addHoles(list.getItemsCount());
            }
            list.addItems(piece.orElse(Artifact.getDefaultInstance()));
        }
        return Optional.of(
                artifact.toBuilder().setType(wantedType).setItems(list).build());
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
                elements.add(holes.contains(i) ? Optional.empty() : Optional.of(classified(items.get(i), artifact)));
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

    /** What is said of a list's data classes holds for its items. */
    private static Artifact classified(Artifact item, Artifact list) {
        if (item.getDataClassesList().containsAll(list.getDataClassesList())) {
            return item;
        }
        Set<String> classes = new LinkedHashSet<>(list.getDataClassesList());
        classes.addAll(item.getDataClassesList());
        return item.toBuilder().clearDataClasses().addAllDataClasses(classes).build();
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
