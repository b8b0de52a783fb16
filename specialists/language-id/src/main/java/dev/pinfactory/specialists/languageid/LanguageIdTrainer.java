package dev.pinfactory.specialists.languageid;

import dev.pinfactory.specialists.learning.Candidate;
import dev.pinfactory.specialists.learning.Lineage;
import dev.pinfactory.specialists.learning.Metric;
import dev.pinfactory.specialists.learning.NgramFeatures;
import dev.pinfactory.specialists.learning.NgramSettings;
import dev.pinfactory.specialists.learning.Predictions;
import dev.pinfactory.specialists.learning.Predictions.Prediction;
import dev.pinfactory.specialists.learning.SparseVector;
import dev.pinfactory.specialists.learning.SpecialistTrainer;
import dev.pinfactory.specialists.learning.Split;
import dev.pinfactory.specialists.learning.TemperatureScaling;
import dev.pinfactory.specialists.learning.TrainingOutput;
import dev.pinfactory.specialists.learning.TrainingReport;
import dev.pinfactory.specialists.learning.TrainingRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Counts n-grams in nine tenths of the texts. Of the last tenth one half calibrates the confidence and the other is never used but for judging the
 * model that ships.
 */
public final class LanguageIdTrainer implements SpecialistTrainer {
    static final String FILE = "train.jsonl.gz";

    private static final NgramSettings NGRAMS = new NgramSettings(1, 1, 5, 20);

    /** Small, because few n-grams that a language has are missing from its texts by chance. */
    private static final double SMOOTHING = 0.005;

    /** Calibrated: below it the answer is wrong more often than right. */
    private static final double FLOOR = 0.5;

    private static final double HELD_BACK = 0.1;

    @Override
    public String name() {
        return "language-id";
    }

    @Override
    public Path defaultData() {
        return Path.of("specialists", "language-id", "data");
    }

    @Override
    public Optional<String> dataSet() {
        return Optional.of("langid_lingua");
    }

    @Override
    public TrainingReport train(TrainingRequest request) {
        Path file = request.data().resolve(FILE);
        Parts parts = Parts.of(file, request.seed());
        request.progress().accept("counting n-grams of " + parts.train().size() + " texts");
        LanguageModel raw = count(parts.train());
        request.progress().accept("calibrating on " + parts.calibration().size() + " texts");
        LanguageModel model = raw.calibrated(calibration(raw, parts.calibration()));
        request.progress().accept("measuring on " + parts.validation().size() + " texts");
        Lineage.Origin origin = new Lineage.Origin(
                LanguageIdTrainer.class,
                List.of(file),
                Map.of(
                        "maxWords", NGRAMS.maxWords(),
                        "maxChars", NGRAMS.maxChars(),
                        "bits", NGRAMS.bits(),
                        "smoothing", SMOOTHING,
                        "floor", FLOOR),
                Map.of());
        return TrainingOutput.write(request, origin, model.bytes(), measure(model, parts.validation()));
    }

    @Override
    public Map<String, Metric> evaluate(Path file) {
        return measure(LanguageIdSpecialist.shipped(), LanguageText.read(file));
    }

    /** Accuracy of each kind of text, and how well confidence fits over all. The languages have equally many texts, so their average is the share of all. */
    static Map<String, Metric> measure(LanguageModel model, List<LanguageText> texts) {
        Map<String, List<Prediction>> byKind = new TreeMap<>();
        List<Prediction> all = new ArrayList<>();
        for (LanguageText text : texts) {
            Candidate best = model.identify(text.text()).getFirst();
            Prediction prediction = new Prediction(text.language(), best.label(), best.confidence());
            all.add(prediction);
            byKind.computeIfAbsent(text.kind(), kind -> new ArrayList<>()).add(prediction);
        }
        Map<String, Metric> metrics = new TreeMap<>();
        byKind.forEach((kind, predictions) -> {
            Metric accuracy = new Predictions(predictions).accuracy();
            String name = kind + "_accuracy";
            metrics.put(name, new Metric(name, accuracy.value(), accuracy.low(), accuracy.high(), accuracy.n()));
        });
        Predictions predictions = new Predictions(all);
        metrics.put("ece", predictions.expectedCalibrationError());
        metrics.put("brier", predictions.brier());
        return metrics;
    }

    /** The texts by use. */
    record Parts(List<LanguageText> train, List<LanguageText> calibration, List<LanguageText> validation) {
        static Parts of(Path file, long seed) {
            Split<LanguageText> outer = Split.stratified(
                    LanguageText.read(file), text -> text.language() + "/" + text.kind(), HELD_BACK, seed);
            Split<LanguageText> inner =
                    Split.stratified(outer.held(), text -> text.language() + "/" + text.kind(), 0.5, seed);
            return new Parts(outer.train(), inner.train(), inner.held());
        }
    }

    private static LanguageModel count(List<LanguageText> texts) {
        List<String> languages = List.copyOf(
                new TreeSet<>(texts.stream().map(LanguageText::language).toList()));
        NgramFeatures features = new NgramFeatures(NGRAMS);
        float[] counts = new float[NGRAMS.size() * languages.size()];
        for (LanguageText text : texts) {
            int language = languages.indexOf(text.language());
            SparseVector ngrams = features.count(text.text());
            for (int i = 0; i < ngrams.size(); i++) {
                counts[ngrams.indices()[i] * languages.size() + language] += ngrams.values()[i];
            }
        }
        return new LanguageModel(
                languages,
                features,
                NgramCounts.of(counts, languages.size()),
                SMOOTHING,
                new TemperatureScaling(1),
                FLOOR);
    }

    private static TemperatureScaling calibration(LanguageModel model, List<LanguageText> texts) {
        double[][] scores = new double[texts.size()][];
        int[] truth = new int[texts.size()];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = model.scores(texts.get(i).text());
            truth[i] = model.languages().indexOf(texts.get(i).language());
        }
        return TemperatureScaling.fit(scores, truth);
    }
}
