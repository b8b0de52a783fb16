package dev.pinfactory.specialists.slots;

import de.bwaldvogel.liblinear.SolverType;
import dev.pinfactory.specialists.learning.Candidate;
import dev.pinfactory.specialists.learning.LinearModel;
import dev.pinfactory.specialists.learning.LinearTrainer;
import dev.pinfactory.specialists.learning.ModelInput;
import dev.pinfactory.specialists.learning.ModelOutput;
import dev.pinfactory.specialists.learning.NgramFeatures;
import dev.pinfactory.specialists.learning.NgramSettings;
import dev.pinfactory.specialists.learning.SparseVector;
import dev.pinfactory.specialists.learning.Split;
import dev.pinfactory.specialists.learning.TemperatureScaling;
import dev.pinfactory.specialists.learning.TfIdf;
import dev.pinfactory.specialists.learning.compression.SoftTargets;
import dev.pinfactory.specialists.learning.compression.SoftTrainer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Tells what a request wants by its words and runs of characters: a linear model over n-grams. The sentence encoder is not needed for it. */
record RequestIntent(NgramFeatures ngrams, TfIdf tfIdf, LinearModel model, TemperatureScaling scaling) {
    static final NgramSettings NGRAMS = new NgramSettings(3, 2, 5, 16);
    static final double COST = 1;
    private static final double KEEP = 0.5;
    private static final NgramSettings SMALL_NGRAMS = new NgramSettings(2, 2, 4, 14);
    private static final int SMALL_WEIGHTS = 10_000;
    private static final int FOLDS = 5;

    /** All intents, likeliest first. */
    List<Candidate> read(String text) {
        return Candidate.ranked(model.labels(), scaling.probabilities(scores(text)));
    }

    private double[] scores(String text) {
        return model.scores(tfIdf.apply(ngrams.count(text)));
    }

    /** Learns from all requests; how sure it may be, from models of the folds on what each has not seen. */
    static RequestIntent train(List<LabelledRequest> requests, long seed) {
        List<Integer> all = IntStream.range(0, requests.size()).boxed().toList();
        double[][] scores = new double[requests.size()][];
        RequestIntent whole = learn(requests, seed);
        List<String> labels = whole.model().labels();
        for (Split<Integer> fold : Split.folds(all, i -> requests.get(i).intent(), FOLDS, seed)) {
            RequestIntent part = learn(fold.train().stream().map(requests::get).toList(), seed);
            for (int i : fold.held()) {
                scores[i] = part.scores(requests.get(i).text());
            }
        }
        int[] truth = requests.stream()
                .mapToInt(request -> labels.indexOf(request.intent()))
                .toArray();
        return new RequestIntent(whole.ngrams(), whole.tfIdf(), whole.model(), TemperatureScaling.fit(scores, truth));
    }

    private static RequestIntent learn(List<LabelledRequest> requests, long seed) {
        NgramFeatures ngrams = new NgramFeatures(NGRAMS);
        List<SparseVector> counts =
                requests.stream().map(request -> ngrams.count(request.text())).toList();
        TfIdf tfIdf = TfIdf.fit(counts, NGRAMS.size());
        LinearModel model = new LinearTrainer(SolverType.L2R_L2LOSS_SVC_DUAL, COST, KEEP, seed)
                .train(
                        counts.stream().map(tfIdf::apply).toList(),
                        requests.stream().map(LabelledRequest::intent).toList(),
                        NGRAMS.size());
        return new RequestIntent(ngrams, tfIdf, model, new TemperatureScaling(1));
    }

    /**
     * A small one.
     *
     * @param teacher empty where labels alone are learnt
     * @param more texts that the teacher labels
     * @param unseen requests that tell how sure it may be
     */
    static RequestIntent small(
            List<LabelledRequest> requests,
            Optional<RequestIntent> teacher,
            List<String> more,
            List<LabelledRequest> unseen,
            long seed) {
        NgramFeatures ngrams = new NgramFeatures(SMALL_NGRAMS);
        List<SparseVector> counts = new ArrayList<>(
                requests.stream().map(request -> ngrams.count(request.text())).toList());
        TfIdf tfIdf = TfIdf.fit(counts, SMALL_NGRAMS.size());
        List<String> labels = requests.stream()
                .map(LabelledRequest::intent)
                .distinct()
                .sorted()
                .toList();
        List<float[]> targets = new ArrayList<>();
        for (LabelledRequest request : requests) {
            float[] target = new float[labels.size()];
            target[labels.indexOf(request.intent())] = 1;
            targets.add(target);
        }
        if (teacher.isPresent()) {
            for (String text : more) {
                counts.add(ngrams.count(text));
                float[] target = new float[labels.size()];
                teacher.get().read(text).forEach(one -> target[labels.indexOf(one.label())] = (float) one.confidence());
                targets.add(target);
            }
        }
        float[] weights = new float[targets.size()];
        Arrays.fill(weights, 1);
        LinearModel model = new SoftTrainer(new SoftTrainer.Settings(SoftTrainer.Link.ONE_OF, 6, 2, 8, 1e-6, seed))
                .train(
                        counts.stream().map(tfIdf::apply).toList(),
                        new SoftTargets(labels, targets.toArray(float[][]::new), weights),
                        SMALL_NGRAMS.size(),
                        List.of(SMALL_WEIGHTS))
                .getFirst();
        RequestIntent raw = new RequestIntent(ngrams, tfIdf, model, new TemperatureScaling(1));
        double[][] scores =
                unseen.stream().map(request -> raw.scores(request.text())).toArray(double[][]::new);
        int[] truth = unseen.stream()
                .mapToInt(request -> labels.indexOf(request.intent()))
                .toArray();
        return new RequestIntent(ngrams, tfIdf, model, TemperatureScaling.fit(scores, truth));
    }

    void write(ModelOutput out) throws IOException {
        ngrams.settings().write(out);
        tfIdf.write(out);
        scaling.write(out);
        model.write(out);
    }

    static RequestIntent read(ModelInput in) throws IOException {
        NgramSettings settings = NgramSettings.read(in);
        TfIdf tfIdf = TfIdf.read(in, settings.size());
        TemperatureScaling scaling = TemperatureScaling.read(in);
        LinearModel model = LinearModel.read(in);
        if (model.features() != settings.size()) {
            throw new IOException("model has " + model.features() + " features, expected " + settings.size());
        }
        return new RequestIntent(new NgramFeatures(settings), tfIdf, model, scaling);
    }
}
