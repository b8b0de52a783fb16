package dev.pinfactory.proto.type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import com.google.protobuf.util.JsonFormat;
import dev.pinfactory.proto.error.FieldViolation;
import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.proto.v1.ArtifactList;
import dev.pinfactory.proto.v1.ContentRef;
import dev.pinfactory.proto.v1.LeafNote;
import dev.pinfactory.proto.v1.Segment;
import dev.pinfactory.proto.v1.TypeDeclaration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArtifactValidatorTest {
    private final ArtifactValidator validator = new ArtifactValidator(SemanticTypes.with(List.of(
            TypeDeclaration.newBuilder()
                    .setName("acme/invoice")
                    .setParent("fields")
                    .setJsonSchema(struct("{\"required\": [\"total\"]}"))
                    .build(),
            TypeDeclaration.newBuilder().setName("audio").build())));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "record|{\"a\": {\"b\": [1]}}",
                "fields|{\"total\": \"12.50\", \"paid\": true, \"n\": 2, \"x\": null}",
                "spans|[{\"start\": 0, \"end\": 2, \"text\": \"ab\", \"label\": \"x\"}]",
                "entities|[{\"type\": \"person\", \"text\": \"Ann\", \"start\": 0, \"end\": 3, \"value\": \"ann\"}]",
                "labels|{\"label\": null, \"candidates\": [{\"label\": \"a\", \"confidence\": 0.5}]}",
                "score|{\"value\": 0.4, \"low\": 0.1}",
                "table|{\"columns\": [{\"name\": \"a\"}], \"rows\": [[1], [\"x\"]]}",
                "series|{\"values\": [1, 2.5, null]}",
                "acme/invoice|{\"total\": \"1\"}",
                "any|[1]"
            })
    void valuesOfTheirShapeAreFine(String type, String json) {
        assertThat(validator.validate(json(type, json), "a")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "record|[1]",
                "fields|{\"a\": [1]}",
                "spans|[{\"start\": -1, \"end\": 2, \"text\": \"ab\"}]",
                "entities|[{\"type\": \"person\", \"text\": \"Ann\", \"start\": 0}]",
                "labels|{\"candidates\": [{\"label\": \"a\", \"confidence\": 1.5}]}",
                "score|{\"value\": \"high\"}",
                "table|{\"columns\": [\"a\"], \"rows\": []}",
                "series|{\"values\": [\"x\"]}",
                "acme/invoice|{}",
                "acme/invoice|{\"total\": {}}"
            })
    void otherValuesNameThePlace(String type, String json) {
        assertThat(validator.validate(json(type, json), "a"))
                .isNotEmpty()
                .allSatisfy(violation -> assertThat(violation.field()).startsWith("a.json"));
    }

    @Test
    void contentFitsTheType() {
        assertThat(fields(Artifact.newBuilder().setType("text").setData(ByteString.EMPTY)))
                .containsExactly("a.data");
        assertThat(fields(Artifact.newBuilder().setType("image").setText("x"))).containsExactly("a.text");
        assertThat(fields(Artifact.newBuilder().setType("fields").setText("x"))).containsExactly("a.text");
        assertThat(fields(Artifact.newBuilder().setType("text"))).containsExactly("a");
        assertThat(fields(Artifact.newBuilder().setType("nonsense").setText("x")))
                .containsExactly("a.type");
        assertThat(fields(Artifact.newBuilder().setType("audio").setData(ByteString.EMPTY)))
                .isEmpty();
        assertThat(validator.validate(Artifact.newBuilder().setType("text").build(), "a", false))
                .isEmpty();
    }

    @Test
    void segmentsAreInsideTheTextByCodePointsAndInOrder() {
        Artifact.Builder text = Artifact.newBuilder().setType("text").setText("\ud83d\ude00\ud83d\ude00ab");
        text.addSegments(segment(0, 2)).addSegments(segment(2, 4));
        assertThat(fields(text)).isEmpty();
        text.addSegments(segment(3, 4)).addSegments(segment(4, 5)).addSegments(segment(4, 3));
        assertThat(fields(text)).containsExactly("a.segments[2]", "a.segments[3]", "a.segments[4]");
    }

    @Test
    void confidencesPointersAndDigestsAreChecked() {
        Artifact.Builder artifact = json("fields", "{\"total\": \"1\"}").toBuilder()
                .setConfidence(Double.NaN)
                .addLeaves(LeafNote.newBuilder().setPointer("/total").setConfidence(1))
                .addLeaves(LeafNote.newBuilder().setPointer("/other").setConfidence(-0.1))
                .addLeaves(LeafNote.newBuilder().setPointer("total"));
        assertThat(fields(artifact))
                .containsExactly(
                        "a.confidence", "a.leaves[1].confidence", "a.leaves[1].pointer", "a.leaves[2].pointer");
        assertThat(fields(Artifact.newBuilder()
                        .setType("document")
                        .setRef(ContentRef.newBuilder().setDigest("sha256:ABC").setSizeBytes(-1))))
                .containsExactly("a.ref.digest", "a.ref.size_bytes");
    }

    @Test
    void listsHoldTheirTypeAndDoNotNest() {
        Artifact text = Artifact.newBuilder().setText("x").build();
        Artifact nested = Artifact.newBuilder()
                .setItems(ArtifactList.newBuilder().addItems(text))
                .build();
        assertThat(fields(list(text, text))).isEmpty();
        assertThat(fields(list(text, nested))).containsExactly("a.items[1].items");
        assertThat(fields(list(text.toBuilder().setType("image").build()))).containsExactly("a.items[0].type");
        Artifact.Builder holes = list(Artifact.getDefaultInstance());
        holes.getItemsBuilder().addHoles(0).addHoles(7);
        assertThat(fields(holes)).containsExactly("a.items.holes");
    }

    @Test
    void aTypeIsNotItsOwnAncestor() {
        assertThatThrownBy(() -> SemanticTypes.with(List.of(
                        TypeDeclaration.newBuilder()
                                .setName("a/a")
                                .setParent("a/b")
                                .build(),
                        TypeDeclaration.newBuilder()
                                .setName("a/b")
                                .setParent("a/a")
                                .build())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ancestor");
    }

    private List<String> fields(Artifact.Builder artifact) {
        return validator.validate(artifact.build(), "a").stream()
                .map(FieldViolation::field)
                .toList();
    }

    private static Artifact.Builder list(Artifact... items) {
        return Artifact.newBuilder()
                .setType("text")
                .setItems(ArtifactList.newBuilder().addAllItems(List.of(items)));
    }

    private static Segment segment(int start, int end) {
        return Segment.newBuilder().setStart(start).setEnd(end).build();
    }

    private static Artifact json(String type, String json) {
        Value.Builder value = Value.newBuilder();
        merge(json, value);
        return Artifact.newBuilder().setType(type).setJson(value).build();
    }

    static Struct struct(String json) {
        Struct.Builder struct = Struct.newBuilder();
        merge(json, struct);
        return struct.build();
    }

    private static void merge(String json, com.google.protobuf.Message.Builder message) {
        try {
            JsonFormat.parser().merge(json, message);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
