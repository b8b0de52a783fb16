package dev.pinfactory.proto.type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.proto.v1.ArtifactList;
import dev.pinfactory.proto.v1.ContentRef;
import dev.pinfactory.proto.v1.TypeDeclaration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What leaves an artifact for a reference comes back as it was. */
class ArtifactContentTest {
    private static final SemanticTypes TYPES = SemanticTypes.with(List.of(
            TypeDeclaration.newBuilder().setName("acme/scan").setParent("image").build()));

    @Test
    void everyKindOfContentComesBackAsItWas() {
        comesBack(artifact("document").setData(ByteString.copyFrom(new byte[] {0, -1, 7})));
        comesBack(artifact("acme/scan").setData(ByteString.copyFrom(new byte[] {1, 2})));
        comesBack(artifact("text").setText("Grüße, 漢字 and \uD83D\uDE00"));
        comesBack(artifact("record")
                .setJson(Value.newBuilder()
                        .setStructValue(Struct.newBuilder()
                                .putFields(
                                        "total",
                                        Value.newBuilder()
                                                .setStringValue("12.50")
                                                .build()))));
    }

    private static void comesBack(Artifact.Builder artifact) {
        Artifact given = artifact.setMediaType("x/y").build();
        ByteString bytes = ArtifactContent.bytes(given).orElseThrow();
        Artifact reference =
                given.toBuilder().setRef(ContentRef.getDefaultInstance()).build();
        assertThat(ArtifactContent.inline(reference, bytes, TYPES)).isEqualTo(given);
    }

    @Test
    void theReferenceSaysTheMediaTypeWhereTheArtifactDoesNot() {
        Artifact reference = artifact("document")
                .setRef(ContentRef.newBuilder().setMediaType("application/pdf"))
                .build();
        assertThat(ArtifactContent.inline(reference, ByteString.EMPTY, TYPES).getMediaType())
                .isEqualTo("application/pdf");
    }

    @Test
    void bytesThatDoNotFitTheTypeAreRefusedByName() {
        ByteString noText = ByteString.copyFrom(new byte[] {-1});
        assertThatThrownBy(() ->
                        ArtifactContent.inline(artifact("text").setName("note").build(), noText, TYPES))
                .hasMessage("input 'note' is no UTF-8 text");
        assertThatThrownBy(() -> ArtifactContent.inline(
                        artifact("record").setName("row").build(), ByteString.copyFromUtf8("{"), TYPES))
                .hasMessage("input 'row' is no JSON");
    }

    @Test
    void aListHasNoBytesAndItsItemsHave() {
        Artifact list = artifact("text")
                .setItems(ArtifactList.newBuilder()
                        .addItems(artifact("text").setText("a"))
                        .addItems(artifact("text").setText("b")))
                .build();
        assertThat(ArtifactContent.bytes(list)).isEmpty();
        Artifact changed = ArtifactContent.each(
                list, item -> item.toBuilder().setText(item.getText() + "!").build());
        assertThat(changed.getItems().getItemsList())
                .extracting(Artifact::getText)
                .containsExactly("a!", "b!");
    }

    private static Artifact.Builder artifact(String type) {
        return Artifact.newBuilder().setType(type);
    }
}
