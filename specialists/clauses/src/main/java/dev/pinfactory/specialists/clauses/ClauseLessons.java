package dev.pinfactory.specialists.clauses;

import dev.pinfactory.encoder.SentenceEncoder;
import dev.pinfactory.specialists.learning.LinearModel;
import dev.pinfactory.specialists.learning.NgramFeatures;
import dev.pinfactory.specialists.learning.NgramSettings;
import dev.pinfactory.specialists.learning.SparseVector;
import dev.pinfactory.specialists.learning.TfIdf;
import dev.pinfactory.specialists.learning.compression.SoftTargets;
import dev.pinfactory.specialists.learning.compression.SoftTrainer;
import dev.pinfactory.specialists.learning.compression.Teacher;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Where students of clauses learn, each with a teacher and, as large, without.
 *
 * @param kinds in the order of decision values
 * @param vectors of the clauses
 * @param more texts without labels
 * @param moreVectors of these
 * @param called a teacher that is called; empty where one is trained
 */
record ClauseLessons(
        List<LabelledClause> clauses,
        List<String> kinds,
        float[][] vectors,
        List<String> more,
        float[][] moreVectors,
        Optional<Teacher> called,
        long seed) {
    static final List<Integer> SIZES = List.of(50_000, 20_000, 10_000);
    static final NgramSettings STUDENT_NGRAMS = new NgramSettings(3, 2, 5, 15);

    /** Of a labelled clause, the share that the teacher has in what is learnt. */
    private static final float TEACHERS_SHARE = 0.5f;

    private static final int PASSES = 8;
    private static final int TUNING = 3;
    private static final double STEP = 8;
    private static final double DECAY = 1e-6;

    /** Decision values are a quarter of log-odds, as {@link UnfairKinds} expects. */
    private static final double SCALE = 0.25;

    /** Of the sentence vector: students that read it, and students that do without the encoder. */
    static final List<Float> VECTOR_WEIGHTS = List.of(1f, 0f);

    /**
     * Who has learnt from the same clauses.
     *
     * @param students of each vector weight, all sizes
     * @param alone in the same order, without the teacher
     */
    record Graduates(ClauseTeacher teacher, List<Student> students, List<Student> alone) {}

    /** A small model, with the encoder or without. */
    record Student(ClauseReader.Features features, LinearModel linear) {
        double[] scores(String text, float[] vector) {
            return linear.scores(features.of(text, vector));
        }

        ClauseReader reader(UnfairKinds fitted, SentenceEncoder encoder) {
            return ClauseReader.linear(features, linear, fitted, encoder);
        }
    }

    Graduates learn(List<Integer> chosen) {
        ClauseTeacher teacher = called.isPresent()
                ? new ClauseTeacher.Called(called.get(), kinds)
                : ClauseTeacher.Trained.train(clauses, vectors, chosen, seed);
        NgramFeatures ngrams = new NgramFeatures(STUDENT_NGRAMS);
        List<SparseVector> counts = chosen.stream()
                .map(i -> ngrams.count(LabelledClause.spaced(clauses.get(i).text())))
                .toList();
        TfIdf tfIdf = TfIdf.fit(counts, STUDENT_NGRAMS.size());
        List<float[]> known = new ArrayList<>();
        List<float[]> taught = new ArrayList<>();
        for (int i : chosen) {
            float[] gold = gold(clauses.get(i));
            float[] said = teacher.probabilities(clauses.get(i).text(), vectors[i]);
            float[] mixed = gold.clone();
            for (int kind = 0; kind < mixed.length; kind++) {
                mixed[kind] = TEACHERS_SHARE * said[kind] + (1 - TEACHERS_SHARE) * gold[kind];
            }
            known.add(gold);
            taught.add(mixed);
        }
        for (int i = 0; i < more.size(); i++) {
            taught.add(teacher.probabilities(more.get(i), moreVectors[i]));
        }
        List<Student> students = new ArrayList<>();
        List<Student> alone = new ArrayList<>();
        for (float weight : VECTOR_WEIGHTS) {
            ClauseReader.Features features = new ClauseReader.Features(ngrams, tfIdf, weight);
            List<SparseVector> inputs = new ArrayList<>();
            for (int k = 0; k < counts.size(); k++) {
                inputs.add(features.of(counts.get(k), vectors[chosen.get(k)]));
            }
            alone.addAll(students(inputs, known, features));
            for (int i = 0; i < more.size(); i++) {
                inputs.add(features.of(more.get(i), moreVectors[i]));
            }
            students.addAll(students(inputs, taught, features));
        }
        return new Graduates(teacher, List.copyOf(students), List.copyOf(alone));
    }

    private List<Student> students(List<SparseVector> inputs, List<float[]> targets, ClauseReader.Features features) {
        float[] weights = new float[targets.size()];
        Arrays.fill(weights, 1);
        // A vector's length adds to that of the n-grams, and steps have to shrink with its square.
        double step = STEP / (1 + features.vectorWeight() * features.vectorWeight());
        return new SoftTrainer(
                        new SoftTrainer.Settings(SoftTrainer.Link.ANY_OF, PASSES, TUNING, step, DECAY, SCALE, seed))
                        .train(
                                inputs,
                                new SoftTargets(kinds, targets.toArray(float[][]::new), weights),
                                features.size(),
                                SIZES)
                        .stream()
                        .map(model -> new Student(features, model))
                        .toList();
    }

    private float[] gold(LabelledClause clause) {
        float[] gold = new float[kinds.size()];
        clause.kinds().forEach(kind -> gold[kinds.indexOf(kind)] = 1);
        return gold;
    }
}
