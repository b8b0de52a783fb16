package dev.pinfactory.specialists.forecast;

import dev.pinfactory.specialists.learning.ModelFile;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is served: nothing learnt (what ships, which learns from each series that it is given), or weights learnt from a file for channels of its names.
 *
 * @param learnt empty in what ships
 */
record ForecastModel(Optional<Learnt> learnt) {
    static final String KIND = "forecast";
    private static final int VERSION = 1;

    /**
     * Weights for channels that are known by name.
     *
     * @param scales one for each channel
     * @param widths of the bounds, scaled, a row for each channel
     */
    record Learnt(Ridge ridge, List<String> names, List<Scale> scales, float[][] widths) {
        Learnt {
            names = List.copyOf(names);
            scales = List.copyOf(scales);
        }

        /** The channels' forecasts; empty where one is unknown, too short, or asked for further than was learnt. */
        Optional<List<Forecast>> forecast(List<Channel> channels, int horizon) {
            if (horizon > ridge.horizon() || channels.getFirst().values().length < ridge.lookback()) {
                return Optional.empty();
            }
            List<Forecast> forecasts = new ArrayList<>();
            for (Channel channel : channels) {
                int known = names.indexOf(channel.name());
                if (known < 0) {
                    return Optional.empty();
                }
                forecasts.add(forecast(channel.values(), known, horizon));
            }
            return Optional.of(forecasts);
        }

        private Forecast forecast(double[] values, int known, int horizon) {
            Scale scale = scales.get(known);
            double[] width = new double[horizon];
            for (int h = 0; h < horizon; h++) {
                width[h] = widths[known][h];
            }
            return Forecast.of(
                    ridge.predict(scale.apply(values), values.length, horizon),
                    width,
                    scale,
                    "learnt ridge",
                    Conformal.COVERAGE,
                    Optional.of(scale));
        }
    }

    byte[] bytes() {
        return ModelFile.write(KIND, VERSION, out -> {
            out.count(learnt.isPresent() ? 1 : 0);
            if (learnt.isEmpty()) {
                return;
            }
            Learnt weights = learnt.get();
            weights.ridge().write(out);
            out.words(weights.names());
            for (int channel = 0; channel < weights.names().size(); channel++) {
                out.number(weights.scales().get(channel).mean());
                out.number(weights.scales().get(channel).deviation());
                for (float width : weights.widths()[channel]) {
                    out.number(width);
                }
            }
        });
    }

    static ForecastModel read(InputStream stream) throws IOException {
        return ModelFile.read(stream, KIND, VERSION, in -> {
            if (in.count(1) == 0) {
                return new ForecastModel(Optional.empty());
            }
            Ridge ridge = Ridge.read(in);
            List<String> names = in.words(Channel.MOST);
            List<Scale> scales = new ArrayList<>();
            float[][] widths = new float[names.size()][ridge.horizon()];
            for (float[] channel : widths) {
                scales.add(new Scale(in.number(), in.number()));
                for (int h = 0; h < channel.length; h++) {
                    channel[h] = in.smallNumber();
                }
            }
            return new ForecastModel(Optional.of(new Learnt(ridge, names, scales, widths)));
        });
    }
}
