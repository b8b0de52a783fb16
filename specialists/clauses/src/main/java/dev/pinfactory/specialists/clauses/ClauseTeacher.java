package dev.pinfactory.specialists.clauses;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import de.bwaldvogel.liblinear.SolverType;
import dev.pinfactory.encoder.SentenceEncoder;
import dev.pinfactory.proto.digest.Digests;
import dev.pinfactory.specialists.learning.DataException;
import dev.pinfactory.specialists.learning.LabelSetScores;
import dev.pinfactory.specialists.learning.LinearModel;
import dev.pinfactory.specialists.learning.LinearTrainer;
import dev.pinfactory.specialists.learning.ModelFile;
import dev.pinfactory.specialists.learning.NgramFeatures;
import dev.pinfactory.specialists.learning.NgramSettings;
import dev.pinfactory.specialists.learning.SparseVector;
import dev.pinfactory.specialists.learning.TfIdf;
import dev.pinfactory.specialists.learning.compression.Teacher;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** Says how likely each kind is. */
sealed interface ClauseTeacher {
    /** In the order of the kinds. */
    float[] probabilities(String text, float[] vector);

    /** Bytes of its models; 0 where nobody knows. */
    long bytes();

    /** Bytes of the encoder, where it needs it. */
    long encoderBytes(SentenceEncoder encoder);

    /** For the lineage. */
    String origin();

    /** A quarter of the log-odds. */
    default double[] scores(String text, float[] vector) {
        float[] probabilities = probabilities(text, vector);
        double[] scores = new double[probabilities.length];
        for (int kind = 0; kind < scores.length; kind++) {
            double p = Math.clamp(probabilities[kind], 1e-4, 1 - 1e-4);
            scores[kind] = StrictMath.log(p / (1 - p)) / Trained.STRETCH;
        }
        return scores;
    }

    /** Says it from the text alone, for the clock. */
    default void say(String text, SentenceEncoder encoder) {
        double[] ignored = scores(text, encoder.encode(text));
    }

    /** Linear models, unpruned, which weigh the sentence vector differently; what they say together is their mean. */
    record Trained(NgramFeatures ngrams, TfIdf tfIdf, List<LinearModel> models) implements ClauseTeacher {
        private static final NgramSettings NGRAMS = new NgramSettings(3, 2, 5, 17);
        private static final List<Float> VECTOR_WEIGHTS = List.of(1f, 2f);
        private static final double COST = 1;
        private static final double STRETCH = 4;

        static Trained train(List<LabelledClause> clauses, float[][] vectors, List<Integer> chosen, long seed) {
            NgramFeatures ngrams = new NgramFeatures(NGRAMS);
            List<SparseVector> counts = chosen.stream()
                    .map(i -> ngrams.count(LabelledClause.spaced(clauses.get(i).text())))
                    .toList();
            TfIdf tfIdf = TfIdf.fit(counts, NGRAMS.size());
            List<Set<String>> labels =
                    chosen.stream().map(i -> clauses.get(i).kinds()).toList();
            List<LinearModel> models = new ArrayList<>();
            for (float weight : VECTOR_WEIGHTS) {
                List<SparseVector> inputs = new ArrayList<>();
                for (int k = 0; k < counts.size(); k++) {
                    inputs.add(tfIdf.apply(counts.get(k)).followedBy(vectors[chosen.get(k)], weight, NGRAMS.size()));
                }
                models.add(new LinearTrainer(SolverType.L2R_L2LOSS_SVC_DUAL, COST, 1, seed)
                        .trainSets(inputs, labels, NGRAMS.size() + SentenceEncoder.DIMENSIONS));
            }
            return new Trained(ngrams, tfIdf, List.copyOf(models));
        }

        @Override
        public double[] scores(String text, float[] vector) {
            SparseVector weighed = tfIdf.apply(ngrams.count(LabelledClause.spaced(text)));
            double[] mean = new double[models.getFirst().labels().size()];
            for (int k = 0; k < models.size(); k++) {
                double[] scores =
                        models.get(k).scores(weighed.followedBy(vector, VECTOR_WEIGHTS.get(k), NGRAMS.size()));
                for (int kind = 0; kind < mean.length; kind++) {
                    mean[kind] += scores[kind] / models.size();
                }
            }
            return mean;
        }

        @Override
        public float[] probabilities(String text, float[] vector) {
            double[] scores = scores(text, vector);
            float[] probabilities = new float[scores.length];
            for (int kind = 0; kind < scores.length; kind++) {
                probabilities[kind] = (float) (1 / (1 + StrictMath.exp(-STRETCH * scores[kind])));
            }
            return probabilities;
        }

        @Override
        public long bytes() {
            return file().length;
        }

        @Override
        public long encoderBytes(SentenceEncoder encoder) {
            return encoder.bytes();
        }

        @Override
        public String origin() {
            return Digests.of(file());
        }

        private byte[] file() {
            return ModelFile.write("teacher", 1, out -> {
                ngrams.settings().write(out);
                tfIdf.write(out);
                for (LinearModel model : models) {
                    model.write(out);
                }
            });
        }
    }

    /** One that is called. It names the kinds that apply; the others it thinks unlikely. */
    record Called(Teacher teacher, List<String> kinds) implements ClauseTeacher {
        private static final float UNLIKELY = 0.01f;

        @Override
        public float[] probabilities(String text, float[] vector) {
            float[] probabilities = new float[kinds.size()];
            Arrays.fill(probabilities, UNLIKELY);
            for (Value value : teacher.answer(text)
                    .object("kinds")
                    .getFieldsOrDefault("candidates", Value.getDefaultInstance())
                    .getListValue()
                    .getValuesList()) {
                Struct candidate = value.getStructValue();
                String kind = candidate
                        .getFieldsOrDefault("label", Value.getDefaultInstance())
                        .getStringValue();
                if (kind.equals(LabelSetScores.NONE)) {
                    continue;
                }
                int at = kinds.indexOf(kind);
                if (at < 0) {
                    throw new DataException("the teacher says '" + kind + "', which the labelled data does not have");
                }
                probabilities[at] = (float) candidate
                        .getFieldsOrDefault("confidence", Value.getDefaultInstance())
                        .getNumberValue();
            }
            return probabilities;
        }

        @Override
        public long bytes() {
            return teacher.bytes();
        }

        @Override
        public long encoderBytes(SentenceEncoder encoder) {
            return 0;
        }

        @Override
        public String origin() {
            return teacher.origin();
        }
    }
}
