package dev.pinfactory.specialists.documents;

import com.google.protobuf.ByteString;
import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.specialists.sdk.Inference;
import dev.pinfactory.specialists.sdk.InferenceResult;
import java.util.List;

/** Documents as both specialists read them, without the networks that would read their pictures. In this package to get at what is not public. */
public final class DocumentReading {
    private static final DocumentReading SHARED = new DocumentReading();

    private final DocumentTextSpecialist texts = new DocumentTextSpecialist(batch -> batch.stream()
            .map(picture -> (InferenceResult) InferenceResult.abstained("nobody looks at pictures here"))
            .toList());
    private final AttachmentsSpecialist attachments = new AttachmentsSpecialist();

    private DocumentReading() {}

    /** The one of this process. */
    public static DocumentReading shared() {
        return SHARED;
    }

    /** @param mediaType as the sender declares it; empty for none */
    public void read(byte[] file, String mediaType) {
        Inference document = Inference.of(Artifact.newBuilder()
                .setName(DocumentTextSpecialist.DOCUMENT)
                .setType("document")
                .setMediaType(mediaType)
                .setData(ByteString.copyFrom(file))
                .build());
        texts.infer(List.of(document));
        attachments.infer(List.of(document));
    }
}
