package dev.pinfactory.specialists.forecast;

import dev.pinfactory.specialists.learning.DataException;
import dev.pinfactory.specialists.learning.Lineage;
import dev.pinfactory.specialists.learning.Metric;
import dev.pinfactory.specialists.learning.SpecialistTrainer;
import dev.pinfactory.specialists.learning.TrainingOutput;
import dev.pinfactory.specialists.learning.TrainingReport;
import dev.pinfactory.specialists.learning.TrainingRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Writes what ships, which has learnt nothing, or with {@code --data} weights learnt from {@code train_dev.csv.gz} of a directory, for measuring: figures and bounds from
 * its rows from 8,640 on with weights learnt before, then weights learnt from all.
 */
public final class ForecastTrainer implements SpecialistTrainer {
    private static final String FILE = "train_dev.csv.gz";
    private static final String MEASURING_SET = "forecast_etth1";
    private static final int LEARNT_ROWS = ForecastEvaluation.SCALE_ROWS;
    private static final int LOOKBACK = Forecaster.LONGEST_LOOKBACK;
    private static final int HORIZON = ForecastEvaluation.STEPS;
    private static final Map<String, String> LIBRARIES = Map.of("ejml", "0.44.0");

    @Override
    public String name() {
        return ForecastModel.KIND;
    }

    @Override
    public Optional<String> measuringSet() {
        return Optional.of(MEASURING_SET);
    }

    /** There is none: what ships has learnt from no data. */
    @Override
    public Path defaultData() {
        return Path.of("specialists", ForecastModel.KIND, "data");
    }

    @Override
    public TrainingReport train(TrainingRequest request) {
        Path file = request.data().resolve(FILE);
        boolean given = Files.exists(file);
        if (!given && !request.data().endsWith(defaultData())) {
            throw new DataException("there is no file " + file);
        }
        if (given && request.out().endsWith(resources())) {
            throw new DataException(
                    "what ships has learnt from no data: say with --out where the model of " + file + " goes");
        }
        if (!given) {
            Lineage.Origin origin =
                    new Lineage.Origin(ForecastTrainer.class, List.of(), Map.of("learnt", "nothing"), LIBRARIES);
            return TrainingOutput.write(request, origin, new ForecastModel(Optional.empty()).bytes(), Map.of());
        }
        SeriesFile series = SeriesFile.read(file);
        check(file, series);
        List<Scale> scales = Stream.of(series.channels())
                .map(channel -> Scale.of(channel, LEARNT_ROWS))
                .toList();
        List<double[]> scaled = IntStream.range(0, scales.size())
                .mapToObj(i -> scales.get(i).apply(series.channels()[i]))
                .toList();
        request.progress().accept("learning from " + LEARNT_ROWS + " of " + series.rows() + " rows");
        Ridge early = fit(scaled, LEARNT_ROWS);
        int[] origins =
                IntStream.rangeClosed(LEARNT_ROWS, series.rows() - HORIZON).toArray();
        double[][] widths = Conformal.of(early, scaled, origins, HORIZON).widths();
        Map<String, Metric> metrics = metrics(early, scaled, origins);
        request.progress().accept("learning from all rows");
        ForecastModel.Learnt learnt =
                new ForecastModel.Learnt(fit(scaled, series.rows()), series.names(), scales, floats(widths));
        Map<String, Object> settings =
                Map.of("lookback", LOOKBACK, "horizon", HORIZON, "penalty", Ridge.PENALTY, "scaleRows", LEARNT_ROWS);
        Lineage.Origin origin = new Lineage.Origin(ForecastTrainer.class, List.of(file), settings, LIBRARIES);
        return TrainingOutput.write(request, origin, new ForecastModel(Optional.of(learnt)).bytes(), metrics);
    }

    private static void check(Path file, SeriesFile series) {
        if (series.rows() < LEARNT_ROWS + 2 * (HORIZON + Errors.BLOCK)) {
            throw new DataException("%s has %,d rows, too few beyond the %,d that are learnt from"
                    .formatted(file, series.rows(), LEARNT_ROWS));
        }
        if (Stream.of(series.channels()).flatMapToDouble(Arrays::stream).anyMatch(value -> !Double.isFinite(value))) {
            throw new DataException(file + " has empty cells");
        }
    }

    private static Ridge fit(List<double[]> scaled, int rows) {
        Moments moments = new Moments(LOOKBACK, HORIZON);
        scaled.forEach(series -> moments.add(series, 0, rows - LOOKBACK - HORIZON + 1));
        return Ridge.fit(moments, false);
    }

    /** Errors at all origins; the share within bounds only in the second half of them, with bounds from those of the first that end before it begins. */
    static Map<String, Metric> metrics(Ridge ridge, List<double[]> scaled, int[] origins) {
        int half = origins.length / 2;
        int[] first = Arrays.copyOfRange(origins, 0, half - HORIZON);
        double[][] widths = Conformal.of(ridge, scaled, first, HORIZON).widths();
        Errors all = new Errors();
        Errors second = new Errors();
        for (int k = 0; k < origins.length; k++) {
            double square = 0;
            double absolute = 0;
            double covered = 0;
            for (int channel = 0; channel < scaled.size(); channel++) {
                double[] predicted = ridge.predict(scaled.get(channel), origins[k], HORIZON);
                for (int h = 0; h < HORIZON; h++) {
                    double error = scaled.get(channel)[origins[k] + h] - predicted[h];
                    square += error * error;
                    absolute += Math.abs(error);
                    covered += Math.abs(error) <= widths[channel][h] ? 1 : 0;
                }
            }
            double count = (double) scaled.size() * HORIZON;
            all.add(square / count, absolute / count, covered / count);
            if (k >= half) {
                second.add(square / count, absolute / count, covered / count);
            }
        }
        Map<String, Metric> figures = new LinkedHashMap<>(all.metrics());
        figures.put("coverage", second.metrics().get("coverage"));
        return figures;
    }

    private static float[][] floats(double[][] values) {
        float[][] floats = new float[values.length][values[0].length];
        for (int i = 0; i < values.length; i++) {
            for (int j = 0; j < values[i].length; j++) {
                floats[i][j] = (float) values[i][j];
            }
        }
        return floats;
    }

    /** What ships learns within the call, so calls are what is measured: by the evaluation. */
    @Override
    public Map<String, Metric> evaluate(Path file) {
        throw new DataException("forecast is measured through calls: ./pin eval specialist forecast --data " + file);
    }
}
