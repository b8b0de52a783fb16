package dev.pinfactory.specialists.faq;

import dev.pinfactory.encoder.SentenceEncoder;
import dev.pinfactory.specialists.faq.FaqIndex.Match;
import dev.pinfactory.specialists.learning.ModelFile;
import dev.pinfactory.specialists.sdk.Inference;
import dev.pinfactory.specialists.sdk.InferenceResult;
import dev.pinfactory.specialists.sdk.SpecialistModel;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** Answers a question by what is known, or abstains where nothing of it fits well enough. */
record FaqModel(FaqIndex index, FaqConfidence confidence, SentenceEncoder encoder) implements SpecialistModel {
    /** Below this confidence the best match is a guess. */
    static final double FLOOR = 0.5;

    static final int MAX_CHARACTERS = 2_000;

    private static final String KIND = "faq";
    private static final int VERSION = 1;

    @Override
    public List<InferenceResult> infer(List<Inference> batch) {
        return batch.stream().map(this::infer).toList();
    }

    private InferenceResult infer(Inference inference) {
        String question = inference.text("question");
        if (question.isBlank()) {
            return InferenceResult.inputInvalid("'question' is blank, expected a question");
        }
        if (question.length() > MAX_CHARACTERS) {
            return InferenceResult.inputInvalid(
                    "'question' has " + question.length() + " characters, at most " + MAX_CHARACTERS + " are possible");
        }
        if (inference.cancelled()) {
            return InferenceResult.abstained("cancelled");
        }
        List<Match> matches = index.search(encoder.encode(question));
        double best = confidence.of(matches.getFirst());
        if (best < FLOOR) {
            return InferenceResult.abstained("no known question fits", FaqArtifact.of(matches, confidence));
        }
        return InferenceResult.answered(FaqArtifact.of(matches, confidence));
    }

    FaqModel withIndex(FaqIndex other) {
        return new FaqModel(other, confidence, encoder);
    }

    byte[] bytes() {
        return ModelFile.write(KIND, VERSION, out -> {
            out.word(encoder.digest());
            confidence.write(out);
            index.write(out);
        });
    }

    /** @throws IOException also when the vectors are those of another encoder */
    static FaqModel read(InputStream stream, SentenceEncoder encoder) throws IOException {
        return ModelFile.read(stream, KIND, VERSION, in -> {
            String madeWith = in.word();
            if (!madeWith.equals(encoder.digest())) {
                throw new IOException("model 'faq' was trained with " + madeWith + ", here is " + encoder.digest());
            }
            FaqConfidence confidence = FaqConfidence.read(in);
            return new FaqModel(FaqIndex.read(in), confidence, encoder);
        });
    }
}
