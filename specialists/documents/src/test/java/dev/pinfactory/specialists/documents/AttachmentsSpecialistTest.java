package dev.pinfactory.specialists.documents;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.specialists.sdk.Inference;
import dev.pinfactory.specialists.sdk.InferenceResult;
import dev.pinfactory.specialists.sdk.InferenceResult.Abstained;
import dev.pinfactory.specialists.sdk.InferenceResult.Answered;
import dev.pinfactory.specialists.sdk.InferenceResult.Failed;
import dev.pinfactory.specialists.testkit.SpecialistBeanContract;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AttachmentsSpecialistTest extends SpecialistBeanContract {
    @Override
    protected Object specialist() {
        return new AttachmentsSpecialist();
    }

    private static InferenceResult taken(ByteString file) {
        return new AttachmentsSpecialist()
                .infer(List.of(Inference.of(Artifact.newBuilder()
                        .setName("document")
                        .setType("document")
                        .setData(file)
                        .build())))
                .getFirst();
    }

    private static List<Artifact> files(ByteString file) {
        return ((Answered) taken(file)).outputs().getFirst().getItems().getItemsList();
    }

    @Test
    void filesOfAMailComeInTheirOrder() {
        Map<String, ByteString> attached = new LinkedHashMap<>();
        attached.put("a.pdf", Made.pdf("One"));
        attached.put("b.xlsx", Made.xlsx(new String[][] {{"1"}}));
        attached.put("c.txt", ByteString.copyFromUtf8("Three"));
        assertThat(files(Made.eml("Files", "See below.", attached)))
                .extracting(Artifact::getData)
                .containsExactlyElementsOf(attached.values());
    }

    @Test
    void filesOfAnOutlookMessageAreTaken() {
        ByteString file = Made.pdf("One");
        assertThat(files(Made.msg("Files", "See below.", "a.pdf", file)))
                .extracting(Artifact::getData)
                .containsExactly(file);
    }

    @Test
    void filesKeepTheirNames() {
        Map<String, ByteString> attached = new LinkedHashMap<>();
        attached.put("a.pdf", Made.pdf("One"));
        attached.put("../letters/b.txt", ByteString.copyFromUtf8("Two"));
        assertThat(files(Made.eml("Files", "See below.", attached)))
                .extracting(Artifact::getFileName)
                .containsExactly("a.pdf", "b.txt");
        assertThat(files(Made.msg("Files", "See below.", "c.pdf", Made.pdf("One"))))
                .extracting(Artifact::getFileName)
                .containsExactly("c.pdf");
    }

    @Test
    void aMailInAMailIsTakenWhole() {
        ByteString inner = Made.eml("Inner", "The inner letter.", Map.of());
        assertThat(files(Made.eml("Outer", "See below.", Map.of("inner.eml", inner))))
                .extracting(Artifact::getData)
                .containsExactly(inner);
    }

    @Test
    void filesPutIntoAPdfAreTaken() {
        List<Artifact> files = files(Made.pdfWithFile("invoice.xml", "<invoice/>"));
        assertThat(files).hasSize(1);
        assertThat(files.getFirst().getData().toStringUtf8()).isEqualTo("<invoice/>");
        assertThat(files.getFirst().getMediaType()).isEqualTo("application/xml");
    }

    @Test
    void nothingAttachedIsNoAnswer() {
        assertThat(taken(Made.eml("Hello", "Nothing here.", Map.of()))).isInstanceOf(Abstained.class);
        assertThat(taken(ByteString.copyFromUtf8("A plain letter."))).isInstanceOf(Abstained.class);
    }

    @Test
    void tooMuchIsRefusedAndNotCut() {
        Map<String, ByteString> many = IntStream.rangeClosed(0, Limits.ATTACHMENTS)
                .boxed()
                .collect(Collectors.toMap(i -> i + ".txt", i -> ByteString.copyFromUtf8("file " + i)));
        assertThat(((Failed) taken(Made.eml("Files", "Many.", many))).detail()).contains("more than 100 attachments");
        ByteString large = ByteString.copyFrom(new byte[Limits.ATTACHED_BYTES + 1]);
        assertThat(((Failed) taken(Made.eml("File", "Large.", Map.of("a.bin", large)))).detail())
                .contains("more than 12,582,912 bytes");
    }
}
