package dev.pinfactory.specialists.summary;

import dev.pinfactory.specialists.learning.DataException;
import dev.pinfactory.specialists.learning.Lineage;
import dev.pinfactory.specialists.learning.Metric;
import dev.pinfactory.specialists.learning.SpecialistTrainer;
import dev.pinfactory.specialists.learning.TrainingOutput;
import dev.pinfactory.specialists.learning.TrainingReport;
import dev.pinfactory.specialists.learning.TrainingRequest;
import dev.pinfactory.specialists.learning.ranking.PlattScaling;
import dev.pinfactory.specialists.learning.ranking.RankingModel;
import dev.pinfactory.specialists.learning.ranking.RankingTrainer;
import dev.pinfactory.specialists.learning.ranking.RankingTrainer.Choice;
import dev.pinfactory.specialists.summary.Rouge.Measure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Learns from {@code train.jsonl.gz}, measures on {@code dev.jsonl.gz}. */
public final class SummaryTrainer implements SpecialistTrainer {
    /** How strongly the sentence that fits the references best is preferred: a lead of this much ROUGE-1 counts e-fold. */
    private static final double SHARPNESS = 0.04;

    private static final int FOR_CALIBRATION = 400;

    @Override
    public String name() {
        return "summary";
    }

    @Override
    public Path defaultData() {
        return Path.of("specialists", "summary", "data");
    }

    @Override
    public Optional<String> dataSet() {
        return Optional.of("summ_scitldr");
    }

    @Override
    public TrainingReport train(TrainingRequest request) {
        Path file = request.data().resolve("train.jsonl.gz");
        List<LabelledAbstract> abstracts = LabelledAbstract.read(file);
        if (abstracts.size() <= FOR_CALIBRATION) {
            throw new DataException(
                    file + " has " + abstracts.size() + " lines, more than " + FOR_CALIBRATION + " are needed");
        }
        RankingTrainer.Settings settings = new RankingTrainer.Settings(10, 0.03, 0.002, 0.5, 2, request.seed());
        request.progress().accept("learning how sure it can be");
        PlattScaling scaling = calibrate(abstracts, settings);
        request.progress().accept("learning from all");
        SummaryModel model = new SummaryModel(RankingTrainer.train(choices(abstracts), settings), scaling);
        Map<String, Metric> metrics =
                SummaryScores.of(model, LabelledAbstract.read(request.data().resolve("dev.jsonl.gz")));
        Map<String, Object> used = Map.of(
                "passes",
                settings.passes(),
                "stepSize",
                settings.stepSize(),
                "decay",
                settings.decay(),
                "dropOut",
                settings.dropOut(),
                "minimumCount",
                settings.minimumCount(),
                "sharpness",
                SHARPNESS);
        var origin = new Lineage.Origin(SummaryTrainer.class, List.of(file), used, Map.of());
        return TrainingOutput.write(request, origin, model.bytes(), metrics);
    }

    private static List<Choice> choices(List<LabelledAbstract> abstracts) {
        return abstracts.stream()
                .map(one -> new Choice(SentenceFeatures.of(one.sentences()), targets(rouge(one))))
                .toList();
    }

    private static double[] rouge(LabelledAbstract one) {
        return one.sentences().stream()
                .mapToDouble(sentence -> Rouge.best(sentence, one.references(), Measure.ROUGE_1))
                .toArray();
    }

    private static double[] targets(double[] rouge) {
        double[] targets =
                Arrays.stream(rouge).map(r -> StrictMath.exp(r / SHARPNESS)).toArray();
        double sum = Arrays.stream(targets).sum();
        return Arrays.stream(targets).map(t -> t / sum).toArray();
    }

    /** A pick is right when it is better than the mean of its text's sentences. */
    private static PlattScaling calibrate(List<LabelledAbstract> abstracts, RankingTrainer.Settings settings) {
        List<LabelledAbstract> held = abstracts.subList(0, FOR_CALIBRATION);
        RankingModel ranking =
                RankingTrainer.train(choices(abstracts.subList(FOR_CALIBRATION, abstracts.size())), settings);
        double[] probabilities = new double[held.size()];
        boolean[] right = new boolean[held.size()];
        for (int i = 0; i < right.length; i++) {
            double[] rouge = rouge(held.get(i));
            double[] ranked =
                    ranking.probabilities(SentenceFeatures.of(held.get(i).sentences()));
            int best = 0;
            for (int s = 1; s < ranked.length; s++) {
                best = ranked[s] > ranked[best] ? s : best;
            }
            probabilities[i] = ranked[best];
            right[i] = rouge[best] >= Arrays.stream(rouge).average().orElse(0);
        }
        return PlattScaling.fit(probabilities, right);
    }

    @Override
    public Map<String, Metric> evaluate(Path file) {
        return SummaryScores.of(shipped(), LabelledAbstract.read(file));
    }

    /** The model that comes with the code. */
    static SummaryModel shipped() {
        try (InputStream stream = Objects.requireNonNull(
                SummaryTrainer.class.getResourceAsStream(TrainingOutput.MODEL), "the model is not on the class path")) {
            return SummaryModel.read(stream);
        } catch (IOException e) {
            throw new DataException("the model can't be read: " + e.getMessage(), e);
        }
    }
}
