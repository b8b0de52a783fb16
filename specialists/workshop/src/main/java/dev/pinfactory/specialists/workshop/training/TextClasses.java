package dev.pinfactory.specialists.workshop.training;

import de.bwaldvogel.liblinear.SolverType;
import dev.pinfactory.encoder.SentenceEncoder;
import dev.pinfactory.specialists.learning.LabelledText;
import dev.pinfactory.specialists.learning.NgramSettings;
import dev.pinfactory.specialists.learning.Predictions;
import dev.pinfactory.specialists.learning.Predictions.Prediction;
import dev.pinfactory.specialists.learning.TextClassifier;
import dev.pinfactory.specialists.learning.TextClassifierTrainer;
import java.util.List;
import java.util.function.Consumer;

/** How a classifier of texts is trained that nobody tunes by hand: out of a file, and again from what people say later. */
public final class TextClasses {
    private static final int FOLDS = 5;

    /** What did well on the texts of the shipped specialists: words and pairs, runs of characters, and the sentence's vector. */
    public static final TextClassifierTrainer.Settings SETTINGS = new TextClassifierTrainer.Settings(
            new NgramSettings(2, 2, 5, 16), 2, SolverType.L2R_L2LOSS_SVC_DUAL, 1, 0.5, 0, FOLDS);

    /** More could abstain from nearly everything. */
    private static final double HIGHEST_FLOOR = 0.8;

    private static final double FLOOR_STEP = 0.05;

    private TextClasses() {}

    /** Learns from texts that differ. The same texts in the same order, and seed, give the same classifier. */
    public static TextClassifier train(
            List<LabelledText> texts, SentenceEncoder encoder, long seed, Consumer<String> progress) {
        TextClassifierTrainer.Result result =
                new TextClassifierTrainer(SETTINGS, encoder, seed, progress).train(texts, LabelledText::label);
        return result.classifier().withFloor(floor(result.unseen()));
    }

    /** The confidence below which, in the folds, fewer than half of the answers were right. */
    private static double floor(Predictions unseen) {
        double floor = 0;
        for (double from = 0; from < HIGHEST_FLOOR - FLOOR_STEP / 2; from += FLOOR_STEP) {
            double low = from;
            List<Prediction> here = unseen.cases().stream()
                    .filter(one -> one.confidence() >= low && one.confidence() < low + FLOOR_STEP)
                    .toList();
            long right = here.stream()
                    .filter(one -> one.truth().equals(one.predicted()))
                    .count();
            if (!here.isEmpty() && 2 * right >= here.size()) {
                break;
            }
            floor = here.isEmpty() ? floor : Math.round((low + FLOOR_STEP) * 100) / 100.0;
        }
        return floor;
    }
}
