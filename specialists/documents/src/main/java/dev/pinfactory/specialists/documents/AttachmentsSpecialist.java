package dev.pinfactory.specialists.documents;

import com.google.protobuf.ByteString;
import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.proto.v1.ArtifactList;
import dev.pinfactory.specialists.sdk.Inference;
import dev.pinfactory.specialists.sdk.InferenceResult;
import dev.pinfactory.specialists.sdk.Specialist;
import dev.pinfactory.specialists.sdk.SpecialistModel;
import java.util.List;

/** Takes the attached files out of a mail, or those that were put into a PDF. Safe for concurrent use. */
@Specialist(card = "attachments/card.yaml")
public final class AttachmentsSpecialist implements SpecialistModel {
    @Override
    public int maxBatchSize() {
        return 1;
    }

    @Override
    public List<InferenceResult> infer(List<Inference> batch) {
        return batch.stream().map(AttachmentsSpecialist::infer).toList();
    }

    private static InferenceResult infer(Inference inference) {
        try {
            Artifact document = inference.input(DocumentTextSpecialist.DOCUMENT);
            ByteString file = Files.checked(document);
            List<Artifact> files = Attached.of(file, Format.of(file, document.getMediaType()), inference::cancelled);
            return files.isEmpty()
                    ? InferenceResult.abstained("nothing is attached to the document")
                    : InferenceResult.answered(Artifact.newBuilder()
                            .setName("attachments")
                            .setType("document")
                            .setConfidence(1)
                            .setItems(ArtifactList.newBuilder().addAllItems(files))
                            .build());
        } catch (UnreadableDocumentException e) {
            return InferenceResult.inputInvalid(String.valueOf(e.getMessage()));
        }
    }
}
