package dev.pinfactory.specialists.clauses;

import dev.pinfactory.encoder.SentenceEncoder;
import dev.pinfactory.specialists.learning.Candidate;
import dev.pinfactory.specialists.learning.LabelSetScores;
import dev.pinfactory.specialists.learning.LinearModel;
import dev.pinfactory.specialists.learning.ModelFile;
import dev.pinfactory.specialists.learning.NgramFeatures;
import dev.pinfactory.specialists.learning.NgramSettings;
import dev.pinfactory.specialists.learning.SparseVector;
import dev.pinfactory.specialists.learning.TfIdf;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Says in which kinds a clause is unfair: for each kind a linear model over n-grams and the sentence vector. */
record ClauseReader(Features features, LinearModel model, UnfairKinds kinds, SentenceEncoder encoder) {
    private static final String KIND = "clauses";
    private static final int VERSION = 1;

    /** In place of the digest, where n-grams are enough. */
    private static final String NO_ENCODER = "none";

    /** What a clause looks like to the linear models. */
    record Features(NgramFeatures ngrams, TfIdf tfIdf, float vectorWeight) {
        /** Without weight the vector is no feature, and the encoder is not asked. */
        boolean readsVector() {
            return vectorWeight != 0;
        }

        int size() {
            return ngrams.settings().size() + (readsVector() ? SentenceEncoder.DIMENSIONS : 0);
        }

        SparseVector of(SparseVector counts, float[] vector) {
            SparseVector weighed = tfIdf.apply(counts);
            return readsVector()
                    ? weighed.followedBy(vector, vectorWeight, ngrams.settings().size())
                    : weighed;
        }

        SparseVector of(String text, float[] vector) {
            return of(ngrams.count(LabelledClause.spaced(text)), vector);
        }
    }

    /** The kinds that apply, likeliest first; {@value LabelSetScores#NONE} alone where none does. */
    List<Candidate> read(String text) {
        return answer(
                kinds, model.scores(features.of(text, features.readsVector() ? encoder.encode(text) : new float[0])));
    }

    /** The same of several clauses of one text; those which the encoder reads go through it together. */
    List<List<Candidate>> read(List<String> texts) {
        float[][] vectors = features.readsVector() ? encoder.encodeTogether(texts) : new float[texts.size()][0];
        List<List<Candidate>> answers = new ArrayList<>();
        for (int i = 0; i < vectors.length; i++) {
            answers.add(answer(kinds, model.scores(features.of(texts.get(i), vectors[i]))));
        }
        return answers;
    }

    static List<Candidate> answer(UnfairKinds kinds, double[] scores) {
        double[] probabilities = kinds.probabilities(scores);
        List<Candidate> applying = new ArrayList<>();
        double none = 1;
        for (int kind = 0; kind < probabilities.length; kind++) {
            none = Math.min(none, 1 - probabilities[kind]);
            if (probabilities[kind] >= kinds.floors().get(kind)) {
                applying.add(new Candidate(kinds.kinds().get(kind), probabilities[kind]));
            }
        }
        applying.sort(Comparator.comparingDouble(Candidate::confidence).reversed());
        return applying.isEmpty() ? List.of(new Candidate(LabelSetScores.NONE, none)) : List.copyOf(applying);
    }

    byte[] bytes() {
        return ModelFile.write(KIND, VERSION, out -> {
            out.word(features.readsVector() ? encoder.digest() : NO_ENCODER);
            features.ngrams().settings().write(out);
            features.tfIdf().write(out);
            out.number(features.vectorWeight());
            kinds.write(out);
            model.write(out);
        });
    }

    /** @throws IOException also when the model was trained with another encoder, whose vectors mean something else */
    static ClauseReader read(InputStream stream, SentenceEncoder encoder) throws IOException {
        return ModelFile.read(stream, KIND, VERSION, in -> {
            String trainedWith = in.word();
            if (!trainedWith.equals(NO_ENCODER) && !trainedWith.equals(encoder.digest())) {
                throw new IOException(
                        "model 'clauses' was trained with " + trainedWith + ", here is " + encoder.digest());
            }
            NgramSettings ngrams = NgramSettings.read(in);
            Features features =
                    new Features(new NgramFeatures(ngrams), TfIdf.read(in, ngrams.size()), in.smallNumber());
            UnfairKinds kinds = UnfairKinds.read(in);
            LinearModel model = LinearModel.read(in);
            if (trainedWith.equals(NO_ENCODER) == features.readsVector()
                    || model.features() != features.size()
                    || !model.labels().equals(kinds.kinds())) {
                throw new IOException("model 'clauses' does not fit together");
            }
            return new ClauseReader(features, model, kinds, encoder);
        });
    }
}
