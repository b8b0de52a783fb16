package dev.pinfactory.specialists.ocr;

import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.specialists.sdk.Inference;
import dev.pinfactory.specialists.sdk.InferenceResult;
import dev.pinfactory.specialists.sdk.Specialist;
import dev.pinfactory.specialists.sdk.SpecialistModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the text of an image, and says where it stands. The networks are loaded when the first image comes: a host that gets none does not pay for them. */
@Specialist
public final class OcrSpecialist implements SpecialistModel {
    static final String IMAGE = "image";
    static final String TEXT = "text";

    /** Below this most of the lines are wrong: handwriting, a page on its side, no text at all. A poor photograph whose fields can still be read is at 0.5. */
    private static final double LEAST_CONFIDENCE = 0.35;

    private final LazyReader reader;

    /** With the networks of the process, which are loaded once, however many ask for them, and stay. */
    public OcrSpecialist() {
        this(LazyReader.shared());
    }

    OcrSpecialist(OcrSettings settings) {
        this(new LazyReader(settings));
    }

    private OcrSpecialist(LazyReader reader) {
        this.reader = reader;
    }

    /** An image takes a second; nothing is gained by waiting for another. */
    @Override
    public int maxBatchSize() {
        return 1;
    }

    @Override
    public List<InferenceResult> infer(List<Inference> batch) {
        return batch.stream().map(this::infer).toList();
    }

    private InferenceResult infer(Inference inference) {
        List<List<List<PlacedLine>>> read = new ArrayList<>();
        try (ImagePages images = ImagePages.open(inference.input(IMAGE))) {
            for (int page = 0; page < images.count(); page++) {
                Optional<List<List<PlacedLine>>> rows = read(images, page, inference);
                if (rows.isEmpty()) {
                    return InferenceResult.abstained("cancelled");
                }
                if (!rows.get().isEmpty()) {
                    read.add(rows.get());
                }
            }
        } catch (UnreadableImageException e) {
            return InferenceResult.inputInvalid(String.valueOf(e.getMessage()));
        }
        if (read.isEmpty()) {
            return InferenceResult.abstained("there is no text in the image that can be read");
        }
        Artifact text = TextArtifact.of(read);
        return text.getConfidence() < LEAST_CONFIDENCE
                ? InferenceResult.abstained("most of the text in the image can't be read", text)
                : InferenceResult.answered(text);
    }

    private Optional<List<List<PlacedLine>>> read(ImagePages images, int page, Inference inference)
            throws UnreadableImageException {
        return reader.read(networks -> {
            if (inference.cancelled()) {
                return Optional.empty();
            }
            PageImage image = images.read(page);
            return PageReader.isLargeEnough(image)
                    ? networks.read(image, page + 1, inference::cancelled)
                    : Optional.of(List.of());
        });
    }

    @Override
    public void close() {
        if (reader != LazyReader.shared()) {
            reader.close();
        }
    }
}
