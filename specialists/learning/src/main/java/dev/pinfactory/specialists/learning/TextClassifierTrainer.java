package dev.pinfactory.specialists.learning;

import de.bwaldvogel.liblinear.SolverType;
import dev.pinfactory.encoder.SentenceEncoder;
import dev.pinfactory.specialists.learning.Predictions.Prediction;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * Trains a {@link TextClassifier}. Its confidence is calibrated on answers that were given without having seen the text: the texts are dealt into folds,
 * and each fold is answered by a model of the others.
 */
public final class TextClassifierTrainer {
    private final Settings settings;
    private final SentenceEncoder encoder;
    private final long seed;
    private final Consumer<String> progress;

    public TextClassifierTrainer(Settings settings, SentenceEncoder encoder, long seed, Consumer<String> progress) {
        this.settings = settings;
        this.encoder = encoder;
        this.seed = seed;
        this.progress = progress;
    }

    /**
     * How to train.
     *
     * @param vectorWeight of the sentence vector beside the n-grams, whose length is 1
     * @param cost liblinear's C
     * @param keep share of the weights to keep
     * @param floor confidence below which the classifier should abstain
     * @param folds for calibration
     */
    public record Settings(
            NgramSettings ngrams,
            float vectorWeight,
            SolverType solver,
            double cost,
            double keep,
            double floor,
            int folds) {
        /** For the lineage. */
        public Map<String, Object> asMap() {
            return Map.of(
                    "maxWords",
                    ngrams.maxWords(),
                    "minChars",
                    ngrams.minChars(),
                    "maxChars",
                    ngrams.maxChars(),
                    "bits",
                    ngrams.bits(),
                    "vectorWeight",
                    vectorWeight,
                    "solver",
                    solver.name(),
                    "cost",
                    cost,
                    "keep",
                    keep,
                    "floor",
                    floor,
                    "folds",
                    folds);
        }
    }

    /**
     * What came of it.
     *
     * @param unseen the answers to all texts, each by a model that had not seen it
     */
    public record Result(TextClassifier classifier, Predictions unseen) {}

    /**
     * @param stratum what the folds have equal shares of; the label, or the label and where the text is from
     */
    public Result train(List<LabelledText> texts, Function<LabelledText, String> stratum) {
        return train(texts, stratum, UnaryOperator.identity());
    }

    /**
     * @param stratum what the folds have equal shares of
     * @param wording what the n-grams are taken of, such as the text with words for its form; the encoder reads the text itself
     */
    public Result train(
            List<LabelledText> originals, Function<LabelledText, String> stratum, UnaryOperator<String> wording) {
        progress.accept("encoding " + originals.size() + " texts");
        float[][] vectors =
                encoder.encode(originals.stream().map(LabelledText::text).toList());
        List<LabelledText> texts = originals.stream()
                .map(text -> new LabelledText(wording.apply(text.text()), text.label()))
                .toList();
        List<Integer> all = IntStream.range(0, texts.size()).boxed().toList();
        Model whole = model(texts, vectors, all);
        List<String> labels = whole.linear().labels();

        double[][] scores = new double[texts.size()][];
        for (Split<Integer> fold : Split.folds(all, i -> stratum.apply(originals.get(i)), settings.folds(), seed)) {
            Model part = model(texts, vectors, fold.train());
            for (int i : fold.held()) {
                double[] partial =
                        part.linear().scores(part.features().of(texts.get(i).text(), vectors[i]));
                scores[i] = aligned(partial, part.linear().labels(), labels);
            }
            progress.accept("a fold of " + fold.held().size() + " texts is answered");
        }
        int[] truth =
                texts.stream().mapToInt(text -> labels.indexOf(text.label())).toArray();
        TemperatureScaling calibration = TemperatureScaling.fit(scores, truth);
        List<Prediction> unseen = new ArrayList<>();
        for (int i = 0; i < scores.length; i++) {
            Candidate best = Candidate.ranked(labels, calibration.probabilities(scores[i]))
                    .getFirst();
            unseen.add(new Prediction(texts.get(i).label(), best.label(), best.confidence()));
        }
        TextClassifier classifier =
                new TextClassifier(whole.features(), whole.linear(), calibration, settings.floor(), encoder);
        return new Result(classifier, new Predictions(unseen));
    }

    /**
     * Trains, and writes the model and where it comes from. The figures are those of the folds: each text is answered by a model that had not seen it; what is
     * written has learnt from all.
     *
     * @param owner whose settings these are, for the lineage
     * @param kind of the model's file
     * @param file that the texts are from
     */
    public TrainingReport trainAndWrite(
            TrainingRequest request, Class<?> owner, String kind, Path file, List<LabelledText> texts) {
        Result result = train(texts, LabelledText::label);
        return TrainingOutput.write(
                request,
                origin(owner, file),
                result.classifier().bytes(kind),
                result.unseen().metrics());
    }

    /** Of a model that was trained with these settings. */
    public Lineage.Origin origin(Class<?> owner, Path file) {
        return new Lineage.Origin(
                owner, List.of(file), settings.asMap(), Map.of("liblinear", "2.44", "encoder", encoder.digest()));
    }

    private record Model(TextClassifier.Features features, LinearModel linear) {}

    private Model model(List<LabelledText> texts, float[][] vectors, List<Integer> chosen) {
        NgramFeatures ngrams = new NgramFeatures(settings.ngrams());
        List<SparseVector> counts =
                chosen.stream().map(i -> ngrams.count(texts.get(i).text())).toList();
        TfIdf tfIdf = TfIdf.fit(counts, settings.ngrams().size());
        TextClassifier.Features features = new TextClassifier.Features(ngrams, tfIdf, settings.vectorWeight());
        List<SparseVector> inputs = new ArrayList<>();
        List<String> labels = new ArrayList<>();
        for (int k = 0; k < counts.size(); k++) {
            int i = chosen.get(k);
            inputs.add(features.of(counts.get(k), vectors[i]));
            labels.add(texts.get(i).label());
        }
        LinearModel linear = new LinearTrainer(settings.solver(), settings.cost(), settings.keep(), seed)
                .train(inputs, labels, features.size());
        return new Model(features, linear);
    }

    /** A fold may lack a rare label; its score there is the lowest. */
    private static double[] aligned(double[] partial, List<String> partialLabels, List<String> labels) {
        if (partialLabels.equals(labels)) {
            return partial;
        }
        double[] scores = new double[labels.size()];
        Arrays.fill(scores, Arrays.stream(partial).min().orElse(0));
        for (int k = 0; k < partial.length; k++) {
            scores[labels.indexOf(partialLabels.get(k))] = partial[k];
        }
        return scores;
    }
}
