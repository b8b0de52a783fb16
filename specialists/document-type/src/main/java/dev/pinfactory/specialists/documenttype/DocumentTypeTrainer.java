package dev.pinfactory.specialists.documenttype;

import de.bwaldvogel.liblinear.SolverType;
import dev.pinfactory.specialists.learning.Candidate;
import dev.pinfactory.specialists.learning.DataException;
import dev.pinfactory.specialists.learning.LabelledText;
import dev.pinfactory.specialists.learning.Lineage;
import dev.pinfactory.specialists.learning.LinearModel;
import dev.pinfactory.specialists.learning.LinearTrainer;
import dev.pinfactory.specialists.learning.Metric;
import dev.pinfactory.specialists.learning.NgramFeatures;
import dev.pinfactory.specialists.learning.NgramSettings;
import dev.pinfactory.specialists.learning.SparseVector;
import dev.pinfactory.specialists.learning.SpecialistTrainer;
import dev.pinfactory.specialists.learning.Split;
import dev.pinfactory.specialists.learning.TemperatureScaling;
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

/**
 * Learns from generated documents and some real ones. Documents of one generator are all alike, so calibration and figures are of five models, each on documents
 * made of fragments that it had not seen, and on real documents that it had not seen.
 */
public final class DocumentTypeTrainer implements SpecialistTrainer {
    static final String REAL = "real.jsonl";
    static final String HAND = "hand.jsonl";

    private static final int FOLDS = 5;
    private static final int OF_EACH = 200;
    private static final int OF_OTHER = 500;
    private static final int HELD_OF_EACH = 40;
    private static final NgramSettings NGRAMS = new NgramSettings(2, 2, 5, 16);
    private static final double COST = 1;
    private static final double KEEP = 0.6;
    private static final SolverType SOLVER = SolverType.L2R_L2LOSS_SVC_DUAL;

    @Override
    public String name() {
        return DocumentTypeModel.KIND;
    }

    @Override
    public Path defaultData() {
        return Path.of("specialists", DocumentTypeModel.KIND, "data");
    }

    @Override
    public TrainingReport train(TrainingRequest request) {
        long seed = request.seed();
        Path file = request.data().resolve(REAL);
        List<LabelledText> real = LabelledText.read(file);
        List<double[]> scores = new ArrayList<>();
        List<LabelledText> unseen = new ArrayList<>();
        List<Boolean> generated = new ArrayList<>();
        List<Split<LabelledText>> folds = Split.folds(real, LabelledText::label, FOLDS, seed);
        for (int fold = 0; fold < FOLDS; fold++) {
            int held = fold;
            Fragments known = Fragments.read().only(i -> i % FOLDS != held);
            List<LabelledText> learnt = documents(known, OF_EACH, OF_OTHER, seed + fold);
            learnt.addAll(folds.get(fold).train());
            DocumentTypeModel model = model(learnt, new TemperatureScaling(1), seed);
            List<LabelledText> made = documents(
                    Fragments.read().only(i -> i % FOLDS == held), HELD_OF_EACH, HELD_OF_EACH, seed + 100 + fold);
            List<LabelledText> judged = new ArrayList<>(made);
            judged.addAll(folds.get(fold).held());
            for (int i = 0; i < judged.size(); i++) {
                scores.add(model.scores(judged.get(i).text()));
                unseen.add(judged.get(i));
                generated.add(i < made.size());
            }
            request.progress().accept("a fold of " + judged.size() + " documents is answered");
        }
        List<LabelledText> all = documents(Fragments.read(), OF_EACH, OF_OTHER, seed + FOLDS);
        all.addAll(real);
        List<String> labels = Fragments.read().kinds().stream().sorted().toList();
        int[] truth =
                unseen.stream().mapToInt(text -> labels.indexOf(text.label())).toArray();
        TemperatureScaling scaling = TemperatureScaling.fit(scores.toArray(double[][]::new), truth);
        DocumentTypeModel model = model(all, scaling, seed);
        Map<String, Metric> metrics = new LinkedHashMap<>();
        DocumentScores made = new DocumentScores();
        DocumentScores found = new DocumentScores();
        for (int i = 0; i < truth.length; i++) {
            var best = Candidate.ranked(labels, scaling.probabilities(scores.get(i)))
                    .getFirst();
            (generated.get(i) ? made : found)
                    .add(unseen.get(i).label(), best.label(), best.confidence(), DocumentTypeModel.abstains(best));
        }
        made.metrics().forEach((name, metric) -> metrics.put("generated_" + name, metric.named("generated_" + name)));
        found.metrics().forEach((name, metric) -> metrics.put("real_" + name, metric.named("real_" + name)));
        figures(model, LabelledText.read(request.data().resolve(HAND)))
                .forEach((name, metric) -> metrics.put("hand_" + name, metric.named("hand_" + name)));
        Lineage.Origin origin = new Lineage.Origin(
                DocumentTypeTrainer.class,
                List.of(file, request.data().resolve(HAND)),
                Map.of(
                        "ofEach",
                        OF_EACH,
                        "ofOther",
                        OF_OTHER,
                        "cost",
                        COST,
                        "keep",
                        KEEP,
                        "solver",
                        SOLVER.name(),
                        "bits",
                        NGRAMS.bits(),
                        "maxWords",
                        NGRAMS.maxWords(),
                        "maxChars",
                        NGRAMS.maxChars()),
                Map.of("liblinear", "2.44"));
        return TrainingOutput.write(request, origin, model.bytes(), metrics);
    }

    private static List<LabelledText> documents(Fragments fragments, int ofEach, int ofOther, long seed) {
        List<LabelledText> documents = new ArrayList<>();
        GeneratedDocuments generator = new GeneratedDocuments(fragments, seed);
        for (String kind : fragments.kinds()) {
            documents.addAll(generator.make(kind, kind.equals(DocumentTypeModel.OTHER) ? ofOther : ofEach));
        }
        return documents;
    }

    private static DocumentTypeModel model(List<LabelledText> texts, TemperatureScaling scaling, long seed) {
        NgramFeatures ngrams = new NgramFeatures(NGRAMS);
        List<SparseVector> counts =
                texts.stream().map(text -> ngrams.count(text.text())).toList();
        TfIdf tfIdf = TfIdf.fit(counts, NGRAMS.size());
        LinearModel linear = new LinearTrainer(SOLVER, COST, KEEP, seed)
                .train(
                        counts.stream().map(tfIdf::apply).toList(),
                        texts.stream().map(LabelledText::label).toList(),
                        NGRAMS.size());
        return new DocumentTypeModel(ngrams, tfIdf, linear, scaling);
    }

    private static Map<String, Metric> figures(DocumentTypeModel model, List<LabelledText> texts) {
        DocumentScores scores = new DocumentScores();
        for (LabelledText text : texts) {
            var best = model.classify(text.text()).getFirst();
            scores.add(text.label(), best.label(), best.confidence(), DocumentTypeModel.abstains(best));
        }
        return scores.metrics();
    }

    @Override
    public Map<String, Metric> evaluate(Path file) {
        return figures(shipped(), LabelledText.read(file));
    }

    static DocumentTypeModel shipped() {
        try (InputStream stream = Objects.requireNonNull(
                DocumentTypeTrainer.class.getResourceAsStream(TrainingOutput.MODEL),
                "the model is not on the class path")) {
            return DocumentTypeModel.read(stream);
        } catch (IOException e) {
            throw new DataException("the model can't be read: " + e.getMessage(), e);
        }
    }
}
