package dev.pinfactory.specialists.workshop.serving;

import dev.pinfactory.specialists.learning.Candidate;
import dev.pinfactory.specialists.learning.ModelFile;
import dev.pinfactory.specialists.learning.TemperatureScaling;
import dev.pinfactory.specialists.tabular.Row;
import dev.pinfactory.specialists.tabular.TabularModel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Labels a row: a model for each label against the others (of two labels, one for the second), their probabilities brought to a sum of one and calibrated together.
 *
 * @param models one for each label, or one for the second of two
 */
public record RowClasses(List<String> labels, List<TabularModel> models, TemperatureScaling calibration) {
    private static final String KIND = ArtifactType.ROW_CLASSES.kind();
    private static final int FORMAT = 1;
    private static final int MAX_LABELS = 256;
    private static final int MAX_BYTES = 1 << 26;
    private static final double LEAST = 1e-6;

    public RowClasses {
        labels = List.copyOf(labels);
        models = List.copyOf(models);
        if (labels.size() < 2 || models.size() != (labels.size() == 2 ? 1 : labels.size())) {
            throw new IllegalArgumentException(labels.size() + " labels and " + models.size() + " models");
        }
    }

    /** All labels of a row, the likeliest first. */
    public List<Candidate> classify(Row row) {
        double[] single =
                models.stream().mapToDouble(model -> model.probability(row)).toArray();
        return Candidate.ranked(labels, calibration.probabilities(scores(single)));
    }

    /** Logarithms of what the models say. */
    public static double[] scores(double[] probabilities) {
        double[] all =
                probabilities.length == 1 ? new double[] {1 - probabilities[0], probabilities[0]} : probabilities;
        double[] scores = new double[all.length];
        for (int i = 0; i < all.length; i++) {
            scores[i] = StrictMath.log(Math.max(all[i], LEAST));
        }
        return scores;
    }

    /** How much of what the models go by is known of a row, on average. */
    public double known(Row row) {
        return models.stream().mapToDouble(model -> model.known(row)).average().orElse(0);
    }

    /** The model that speaks of a label. */
    TabularModel model(String label) {
        return models.size() == 1 ? models.getFirst() : models.get(labels.indexOf(label));
    }

    public byte[] bytes() {
        return ModelFile.write(KIND, FORMAT, out -> {
            out.words(labels);
            calibration.write(out);
            for (TabularModel model : models) {
                byte[] bytes = model.bytes(KIND);
                out.count(bytes.length);
                out.bytes(bytes);
            }
        });
    }

    static RowClasses read(InputStream stream) throws IOException {
        return ModelFile.read(stream, KIND, FORMAT, in -> {
            List<String> labels = in.words(MAX_LABELS);
            TemperatureScaling calibration = TemperatureScaling.read(in);
            List<TabularModel> models = new ArrayList<>();
            for (int i = 0; i < (labels.size() == 2 ? 1 : labels.size()); i++) {
                byte[] bytes = in.bytes(in.count(MAX_BYTES));
                models.add(TabularModel.read(new ByteArrayInputStream(bytes), KIND));
            }
            return new RowClasses(labels, models, calibration);
        });
    }
}
