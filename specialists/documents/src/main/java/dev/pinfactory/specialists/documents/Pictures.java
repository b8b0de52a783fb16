package dev.pinfactory.specialists.documents;

import com.google.protobuf.ByteString;
import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.specialists.sdk.Inference;
import dev.pinfactory.specialists.sdk.InferenceResult;
import dev.pinfactory.specialists.sdk.SpecialistModel;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import javax.imageio.ImageIO;

/** Recognizes the text in pictures, for which it asks the specialist {@code ocr} in the same process. */
final class Pictures {
    private final SpecialistModel ocr;

    Pictures(SpecialistModel ocr) {
        this.ocr = ocr;
    }

    /** The text of a rendered page; empty when there is none that can be read. */
    Optional<Artifact> recognize(BufferedImage page, BooleanSupplier cancelled) throws UnreadableDocumentException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            // Not packed: packing a page takes longer than finding its lines.
            ImageIO.write(page, "bmp", bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return recognize(ByteString.copyFrom(bytes.toByteArray()), "image/bmp", cancelled);
    }

    /** The text of an image; empty when there is none that can be read. */
    Optional<Artifact> recognize(ByteString image, String mediaType, BooleanSupplier cancelled)
            throws UnreadableDocumentException {
        Artifact input = Artifact.newBuilder()
                .setName("image")
                .setType("image")
                .setMediaType(mediaType)
                .setData(image)
                .build();
        Inference inference = new Inference(Map.of("image", input), Map.of(), cancelled);
        return switch (ocr.infer(List.of(inference)).getFirst()) {
            case InferenceResult.Answered answered ->
                Optional.of(answered.outputs().getFirst());
            case InferenceResult.Abstained abstained -> Optional.empty();
            case InferenceResult.Failed failed ->
                throw new UnreadableDocumentException(
                        failed.detail().replaceFirst("^inputs\\[image\\][.:]?\\s*", "the image's "));
        };
    }
}
