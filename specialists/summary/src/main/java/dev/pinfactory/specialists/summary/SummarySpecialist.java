package dev.pinfactory.specialists.summary;

import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.specialists.learning.Sentence;
import dev.pinfactory.specialists.learning.SentenceSplitter;
import dev.pinfactory.specialists.sdk.Inference;
import dev.pinfactory.specialists.sdk.InferenceResult;
import dev.pinfactory.specialists.sdk.ModelSource;
import dev.pinfactory.specialists.sdk.Specialist;
import dev.pinfactory.specialists.sdk.SpecialistLoader;
import dev.pinfactory.specialists.sdk.SpecialistModel;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** Picks the sentences that say the most. */
@Specialist
public final class SummarySpecialist implements SpecialistLoader {
    private static final int MOST_SENTENCES = 10;

    /** Sentences behind these are not read: a summary of a book is another task. */
    private static final int MOST_READ = 2000;

    @Override
    public SpecialistModel load(ModelSource source) throws IOException {
        SummaryModel model;
        try (InputStream stream = source.open()) {
            model = SummaryModel.read(stream);
        }
        return batch -> {
            List<InferenceResult> results = new ArrayList<>();
            for (Inference item : batch) {
                results.add(item.cancelled() ? InferenceResult.abstained("cancelled") : answer(model, item));
            }
            return results;
        };
    }

    private static InferenceResult answer(SummaryModel model, Inference item) {
        double wanted = item.parameter("sentences").map(v -> v.getNumberValue()).orElse(1.0);
        if (!(wanted >= 1 && wanted <= MOST_SENTENCES) || wanted != Math.rint(wanted)) {
            return InferenceResult.inputInvalid(
                    "sentences is " + wanted + ", expected a whole number from 1 to " + MOST_SENTENCES);
        }
        Artifact text = item.input("text");
        List<Sentence> sentences = SentenceSplitter.split(text.getText());
        if (sentences.isEmpty()) {
            return InferenceResult.abstained("the text is empty");
        }
        SummaryModel.Pick pick = model.pick(sentences.subList(0, Math.min(sentences.size(), MOST_READ)), (int) wanted);
        return InferenceResult.answered(SummaryArtifact.of(text, pick));
    }
}
