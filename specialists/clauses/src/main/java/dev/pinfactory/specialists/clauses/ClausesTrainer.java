package dev.pinfactory.specialists.clauses;

import de.bwaldvogel.liblinear.SolverType;
import dev.pinfactory.encoder.SentenceEncoder;
import dev.pinfactory.specialists.learning.DataException;
import dev.pinfactory.specialists.learning.Lineage;
import dev.pinfactory.specialists.learning.LinearModel;
import dev.pinfactory.specialists.learning.LinearTrainer;
import dev.pinfactory.specialists.learning.Metric;
import dev.pinfactory.specialists.learning.NgramFeatures;
import dev.pinfactory.specialists.learning.NgramSettings;
import dev.pinfactory.specialists.learning.SparseVector;
import dev.pinfactory.specialists.learning.SpecialistTrainer;
import dev.pinfactory.specialists.learning.Split;
import dev.pinfactory.specialists.learning.TfIdf;
import dev.pinfactory.specialists.learning.TrainingOutput;
import dev.pinfactory.specialists.learning.TrainingReport;
import dev.pinfactory.specialists.learning.TrainingRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Learns from the sentences of fifty terms of service. Some kinds have sixty examples, too few to hold some back: the figures are those of five models, each
 * on the fifth that neither it nor its floors have seen; the model that ships has learnt from all.
 */
public final class ClausesTrainer implements SpecialistTrainer {
    static final String FILE = "train.jsonl.gz";

    private static final int FOLDS = 5;

    /** Composed of what is held back of each fold. */
    private static final int CONTRACTS = 100;

    private static final NgramSettings NGRAMS = new NgramSettings(3, 2, 5, 17);
    private static final double COST = 1;
    private static final double KEEP = 0.4;

    private final SentenceEncoder encoder;

    /** For the service loader. */
    public ClausesTrainer() {
        this(SentenceEncoder.shared());
    }

    public ClausesTrainer(SentenceEncoder encoder) {
        this.encoder = encoder;
    }

    @Override
    public String name() {
        return "clauses";
    }

    @Override
    public Path defaultData() {
        return Path.of("specialists", "clauses", "data");
    }

    @Override
    public Optional<String> dataSet() {
        return Optional.of("clause_unfair_tos");
    }

    @Override
    public TrainingReport train(TrainingRequest request) {
        Path file = request.data().resolve(FILE);
        List<LabelledClause> clauses = LabelledClause.readDistinct(file);
        request.progress().accept("encoding " + clauses.size() + " clauses");
        Learner learner = new Learner(
                clauses,
                clauses.stream()
                        .map(clause -> ClauseStates.of(encoder.encodeTokens(clause.text())))
                        .toList(),
                request.seed());
        List<Integer> all = IntStream.range(0, clauses.size()).boxed().toList();
        Model whole = learner.learn(all);
        List<Split<Integer>> folds =
                Split.folds(all, i -> new TreeSet<>(clauses.get(i).kinds()).toString(), FOLDS, request.seed());
        double[][] scores = new double[clauses.size()][];
        List<Model> parts = new ArrayList<>();
        for (Split<Integer> fold : folds) {
            parts.add(learner.unseen(fold, scores));
            request.progress().accept("a fold of " + fold.held().size() + " clauses is answered");
        }
        ContractScores contracts = new ContractScores();
        Random random = new Random(
                request.seed() + 1); // what several clauses are scaled by was fitted to those of the seed itself
        ClauseScores measured = new ClauseScores();
        for (int k = 0; k < FOLDS; k++) {
            Split<Integer> fold = folds.get(k);
            UnfairKinds kinds = fitted(whole.linear().labels(), clauses, scores, fold.train());
            for (int i : fold.held()) {
                measured.add(clauses.get(i).kinds(), ClauseReader.answer(kinds, scores[i]));
            }
            ClauseReader part = parts.get(k).reader(kinds, encoder);
            List<LabelledClause> held = fold.held().stream().map(clauses::get).toList();
            for (ComposedContract contract : ComposedContract.compose(held, CONTRACTS, random)) {
                ContractReading.of(part, contract.text(), ClauseSplitter.split(contract.text()), () -> false)
                        .ifPresent(reading -> contracts.add(contract, reading));
            }
            request.progress().accept(CONTRACTS + " contracts are read");
        }
        UnfairKinds kinds = fitted(whole.linear().labels(), clauses, scores, all);
        ClauseReader reader = whole.reader(kinds, encoder);
        Map<String, Object> settings = new TreeMap<>(Map.of(
                "maxWords",
                NGRAMS.maxWords(),
                "minChars",
                NGRAMS.minChars(),
                "maxChars",
                NGRAMS.maxChars(),
                "bits",
                NGRAMS.bits(),
                "cost",
                COST,
                "keep",
                KEEP,
                "folds",
                FOLDS,
                "linearShare",
                ClauseReader.LINEAR_SHARE));
        settings.putAll(StateNetworkTrainer.settings());
        Lineage.Origin origin = new Lineage.Origin(
                ClausesTrainer.class,
                List.of(file),
                settings,
                Map.of("liblinear", "2.44", "encoder", encoder.digest()));
        Map<String, Metric> metrics = new LinkedHashMap<>(measured.metrics());
        metrics.putAll(contracts.metrics());
        return TrainingOutput.write(request, origin, reader.bytes(), metrics);
    }

    private static UnfairKinds fitted(
            List<String> kinds, List<LabelledClause> clauses, double[][] scores, List<Integer> chosen) {
        return UnfairKinds.fit(
                kinds,
                chosen.stream().map(i -> scores[i]).toList(),
                chosen.stream().map(i -> clauses.get(i).kinds()).toList());
    }

    private record Model(ClauseReader.Features features, LinearModel linear, StateNetwork network) {
        double[] scores(String text, float[] states) {
            return ClauseReader.scores(linear.scores(features.of(text, new float[0])), network, states);
        }

        ClauseReader reader(UnfairKinds kinds, SentenceEncoder encoder) {
            return new ClauseReader(features, linear, Optional.of(network), kinds, encoder);
        }
    }

    private record Learner(List<LabelledClause> clauses, List<float[]> states, long seed) {
        Model learn(List<Integer> chosen) {
            NgramFeatures ngrams = new NgramFeatures(NGRAMS);
            List<SparseVector> counts = chosen.stream()
                    .map(i -> ngrams.count(LabelledClause.spaced(clauses.get(i).text())))
                    .toList();
            // The sentence vector is the network's: read by both, it makes them err together.
            ClauseReader.Features features = new ClauseReader.Features(ngrams, TfIdf.fit(counts, NGRAMS.size()), 0);
            LinearModel linear = new LinearTrainer(SolverType.L2R_L2LOSS_SVC_DUAL, COST, KEEP, seed)
                    .trainSets(
                            counts.stream()
                                    .map(count -> features.of(count, new float[0]))
                                    .toList(),
                            chosen.stream().map(i -> clauses.get(i).kinds()).toList(),
                            features.size());
            StateNetwork network = new StateNetworkTrainer(
                            chosen.stream().map(states::get).toList(),
                            chosen.stream()
                                    .map(i -> targets(clauses.get(i).kinds(), linear.labels()))
                                    .toList())
                    .train(seed);
            return new Model(features, linear, network);
        }

        private static float[] targets(Set<String> kinds, List<String> labels) {
            float[] targets = new float[labels.size()];
            kinds.forEach(kind -> targets[labels.indexOf(kind)] = 1);
            return targets;
        }

        /** Gives the clauses that are held back their decision values, by a model that has not seen them. */
        Model unseen(Split<Integer> fold, double[][] scores) {
            Model part = learn(fold.train());
            for (int i : fold.held()) {
                scores[i] = part.scores(clauses.get(i).text(), states.get(i));
            }
            return part;
        }
    }

    @Override
    public Map<String, Metric> evaluate(Path file) {
        ClauseReader reader = shipped(encoder);
        ClauseScores scores = new ClauseScores();
        for (LabelledClause clause : LabelledClause.read(file)) {
            scores.add(clause.kinds(), reader.read(clause.text()));
        }
        return scores.metrics();
    }

    /** The model that comes with the code. */
    static ClauseReader shipped(SentenceEncoder encoder) {
        try (InputStream stream = Objects.requireNonNull(
                ClausesTrainer.class.getResourceAsStream(TrainingOutput.MODEL), "the model is not on the class path")) {
            return ClauseReader.read(stream, encoder);
        } catch (IOException e) {
            throw new DataException("the model can't be read: " + e.getMessage(), e);
        }
    }
}
