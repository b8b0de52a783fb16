package dev.pinfactory.specialists.clauses;

import dev.pinfactory.encoder.EncodedText;
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
import java.util.Optional;

/**
 * Says in which kinds a clause is unfair: for each kind a linear model over n-grams and, if it has a weight, the sentence vector.
 *
 * @param network says it too, from what the encoder makes of the clause; empty where the linear model is enough
 */
record ClauseReader(
        Features features,
        LinearModel model,
        Optional<StateNetwork> network,
        UnfairKinds kinds,
        SentenceEncoder encoder) {
    private static final String KIND = "clauses";
    private static final int VERSION = 2;
    private static final int MOST_NETWORKS = 1;

    /** Of the linear model in what both say; shares from 0.7 to 0.8 differ by less than the folds do. */
    static final double LINEAR_SHARE = 0.75;

    /** Decision values are a quarter of log-odds, as {@link UnfairKinds} expects. */
    private static final double SCALE = 0.25;

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

    /** One that has the linear model alone. */
    static ClauseReader linear(Features features, LinearModel model, UnfairKinds kinds, SentenceEncoder encoder) {
        return new ClauseReader(features, model, Optional.empty(), kinds, encoder);
    }

    /** The kinds that apply, likeliest first; {@value LabelSetScores#NONE} alone where none does. */
    List<Candidate> read(String text) {
        return network.isPresent()
                ? answer(kinds, scores(network.get(), text, encoder.encodeTokens(text)))
                : answer(
                        kinds,
                        model.scores(features.of(text, features.readsVector() ? encoder.encode(text) : new float[0])));
    }

    private double[] scores(StateNetwork read, String text, EncodedText encoded) {
        return scores(model.scores(features.of(text, encoded.sentence())), read, ClauseStates.of(encoded));
    }

    /** What the linear model and the network say together. */
    static double[] scores(double[] linear, StateNetwork network, float[] states) {
        double[] scores = network.logOdds(states);
        for (int kind = 0; kind < scores.length; kind++) {
            scores[kind] = LINEAR_SHARE * linear[kind] + (1 - LINEAR_SHARE) * SCALE * scores[kind];
        }
        return scores;
    }

    /** The same of several clauses of one text; where the vector alone is read, they go through the encoder together. */
    List<List<Candidate>> read(List<String> texts) {
        if (network.isPresent()) {
            return texts.stream().map(this::read).toList();
        }
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
            out.word(readsEncoder(features, network) ? encoder.digest() : NO_ENCODER);
            features.ngrams().settings().write(out);
            features.tfIdf().write(out);
            out.number(features.vectorWeight());
            kinds.write(out);
            model.write(out);
            out.count(network.isPresent() ? 1 : 0);
            if (network.isPresent()) {
                network.get().write(out);
            }
        });
    }

    /** Whether the encoder is asked at all. */
    boolean readsEncoder() {
        return readsEncoder(features, network);
    }

    private static boolean readsEncoder(Features features, Optional<StateNetwork> network) {
        return features.readsVector() || network.isPresent();
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
            Optional<StateNetwork> network =
                    in.count(MOST_NETWORKS) == 0 ? Optional.empty() : Optional.of(StateNetwork.read(in));
            if (trainedWith.equals(NO_ENCODER) == readsEncoder(features, network)
                    || model.features() != features.size()
                    || !model.labels().equals(kinds.kinds())
                    || network.isPresent() && !network.get().fits(kinds.kinds().size())) {
                throw new IOException("model 'clauses' does not fit together");
            }
            return new ClauseReader(features, model, network, kinds, encoder);
        });
    }
}
