package dev.pinfactory.specialists.forecast;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.specialists.learning.DataException;
import dev.pinfactory.specialists.learning.Metric;
import dev.pinfactory.specialists.learning.evaluation.EvaluatedItem;
import dev.pinfactory.specialists.learning.evaluation.EvaluationData;
import dev.pinfactory.specialists.learning.evaluation.EvaluationItem;
import dev.pinfactory.specialists.learning.evaluation.SpecialistEvaluation;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Measures on a CSV whose first 720 rows are context: a call for each row after them, with the 720 rows before it and a horizon of 96. What ships learns anew from
 * those 720 rows in each call; a learnt model takes the last 336 of them. Errors are scaled by the learnt model's mean and deviation, which its answers tell; else by those of the first
 * 8,640 rows of {@code --history}, else by those of the context.
 */
public final class ForecastEvaluation implements SpecialistEvaluation<ForecastEvaluation.Truth> {
    static final int CONTEXT = 720;
    static final int STEPS = 96;
    static final int SCALE_ROWS = 8_640;

    /** What came, a row for each channel, and the scales by which errors are measured where the answer names none. */
    public record Truth(double[][] channels, List<double[]> scales) {
        public Truth {
            scales = List.copyOf(scales);
        }
    }

    @Override
    public String specialist() {
        return ForecastModel.KIND;
    }

    @Override
    public String example() {
        return "a CSV file with the header \"date,HUFL,OT\"";
    }

    @Override
    public List<EvaluationItem<Truth>> read(EvaluationData data) {
        SeriesFile file = SeriesFile.read(data.file());
        if (file.rows() < CONTEXT) {
            throw new DataException("%s has %,d rows, expected %d of context and those that are scored"
                    .formatted(data.file(), file.rows(), CONTEXT));
        }
        Optional<SeriesFile> history = data.history().map(SeriesFile::read);
        if (history.isPresent() && !history.get().names().equals(file.names())) {
            throw new DataException("the history has other channels than " + data.file());
        }
        SeriesFile scaling = history.orElse(file);
        int scaleRows = Math.min(scaling.rows(), history.isPresent() ? SCALE_ROWS : CONTEXT);
        List<double[]> scales = Stream.of(scaling.channels())
                .map(channel -> {
                    Scale scale = Scale.of(channel, scaleRows);
                    return new double[] {scale.mean(), scale.deviation()};
                })
                .toList();
        int windows = Math.max(1, file.rows() - CONTEXT - STEPS + 1);
        return new AbstractList<>() {
            @Override
            public EvaluationItem<Truth> get(int index) {
                return item(file, CONTEXT + index, scales);
            }

            @Override
            public int size() {
                return windows;
            }
        };
    }

    private static EvaluationItem<Truth> item(SeriesFile file, int origin, List<double[]> scales) {
        List<double[]> before = Stream.of(file.channels())
                .map(channel -> Arrays.copyOfRange(channel, origin - CONTEXT, origin))
                .toList();
        Optional<Truth> truth = Optional.empty();
        if (origin + STEPS <= file.rows()) {
            double[][] after = Stream.of(file.channels())
                    .map(channel -> Arrays.copyOfRange(channel, origin, origin + STEPS))
                    .toArray(double[][]::new);
            boolean known = Stream.of(after).flatMapToDouble(Arrays::stream).noneMatch(Double::isNaN);
            truth = known ? Optional.of(new Truth(after, scales)) : Optional.empty();
        }
        return new EvaluationItem<>(
                List.of(ForecastArtifact.series(file.names(), before)),
                Map.of(
                        ForecastSpecialist.HORIZON,
                        Value.newBuilder().setNumberValue(STEPS).build()),
                truth);
    }

    @Override
    public Map<String, Metric> measure(List<EvaluatedItem<Truth>> items) {
        Errors errors = new Errors();
        for (EvaluatedItem<Truth> item : items) {
            List<Struct> series = item
                    .answer()
                    .output(ForecastSpecialist.FORECAST)
                    .map(output -> output.getItems().getItemsList())
                    .orElse(List.of())
                    .stream()
                    .map(one -> one.getJson().getStructValue())
                    .toList();
            add(errors, item.gold(), series);
        }
        return errors.metrics();
    }

    /** Where there is no forecast, the mean is taken for one, without bounds. */
    private static void add(Errors errors, Truth truth, List<Struct> series) {
        double square = 0;
        double absolute = 0;
        double covered = 0;
        int channels = truth.channels().length;
        for (int channel = 0; channel < channels; channel++) {
            double[] scale = truth.scales().get(channel);
            Struct answer = channel < series.size() ? series.get(channel) : Struct.getDefaultInstance();
            double mean = answer.getFieldsOrDefault("mean", number(scale[0])).getNumberValue();
            double deviation =
                    answer.getFieldsOrDefault("deviation", number(scale[1])).getNumberValue();
            double[] values = ForecastArtifact.numbers(answer, "values");
            double[] lower = ForecastArtifact.numbers(answer, "lower");
            double[] upper = ForecastArtifact.numbers(answer, "upper");
            for (int h = 0; h < STEPS; h++) {
                double actual = truth.channels()[channel][h];
                double error = (actual - (h < values.length ? values[h] : mean)) / deviation;
                square += error * error;
                absolute += Math.abs(error);
                covered += h < lower.length && actual >= lower[h] && actual <= upper[h] ? 1 : 0;
            }
        }
        double count = (double) channels * STEPS;
        errors.add(square / count, absolute / count, covered / count);
    }

    private static Value number(double value) {
        return Value.newBuilder().setNumberValue(value).build();
    }

    /** A line for each window, with a forecast for each channel. */
    @Override
    public List<Map<String, Object>> predictions(EvaluatedItem<Truth> item) {
        List<Artifact> series = item.answer()
                .output(ForecastSpecialist.FORECAST)
                .map(output -> output.getItems().getItemsList())
                .orElse(List.of());
        if (series.isEmpty()) {
            return List.of(item.answer().json());
        }
        List<Map<String, double[]>> forecasts = series.stream()
                .map(one -> one.getJson().getStructValue())
                .map(json -> Map.of(
                        "values", ForecastArtifact.numbers(json, "values"),
                        "lower", ForecastArtifact.numbers(json, "lower"),
                        "upper", ForecastArtifact.numbers(json, "upper")))
                .toList();
        return List.of(Map.of("outcome", "answered", "forecasts", forecasts));
    }
}
