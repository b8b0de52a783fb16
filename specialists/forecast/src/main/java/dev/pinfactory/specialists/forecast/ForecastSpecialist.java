package dev.pinfactory.specialists.forecast;

import com.google.protobuf.Value;
import dev.pinfactory.specialists.sdk.Inference;
import dev.pinfactory.specialists.sdk.InferenceResult;
import dev.pinfactory.specialists.sdk.ModelSource;
import dev.pinfactory.specialists.sdk.Specialist;
import dev.pinfactory.specialists.sdk.SpecialistLoader;
import dev.pinfactory.specialists.sdk.SpecialistModel;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/** Forecasts series of numbers, with bounds that are meant to hold 90 % of what comes. */
@Specialist
public final class ForecastSpecialist implements SpecialistLoader {
    static final String SERIES = "series";
    static final String HORIZON = "horizon";
    static final String FORECAST = "forecast";

    /** With fewer even a spread says little. */
    private static final int FEWEST_VALUES = 16;

    private static final double MOST_MISSING = 0.1;
    private static final double DEFAULT_HORIZON = 96;

    @Override
    public SpecialistModel load(ModelSource source) throws IOException {
        try (InputStream stream = source.open()) {
            return new Model(ForecastModel.read(stream));
        }
    }

    private record Model(ForecastModel model) implements SpecialistModel {
        @Override
        public int maxBatchSize() {
            return 1;
        }

        @Override
        public List<InferenceResult> infer(List<Inference> batch) {
            return batch.stream().map(this::infer).toList();
        }

        private InferenceResult infer(Inference inference) {
            double asked =
                    inference.parameter(HORIZON).map(Value::getNumberValue).orElse(DEFAULT_HORIZON);
            if (!(asked >= 1 && asked <= Forecaster.LONGEST_HORIZON)) {
                return InferenceResult.inputInvalid(
                        "'horizon' is %.0f, expected 1 to %d".formatted(asked, Forecaster.LONGEST_HORIZON));
            }
            int horizon = (int) asked;
            List<Channel> channels;
            try {
                channels = Channel.of(inference.input(SERIES));
            } catch (IllegalArgumentException e) {
                return InferenceResult.inputInvalid(String.valueOf(e.getMessage()));
            }
            Optional<String> reason = tooLittle(channels, horizon);
            if (reason.isPresent()) {
                return InferenceResult.abstained(reason.get());
            }
            Optional<List<Forecast>> forecasts = model.learnt()
                    .flatMap(learnt -> learnt.forecast(channels, horizon))
                    .or(() -> Forecaster.forecast(
                            channels.stream().map(Channel::values).toList(), horizon, inference.cancellation()));
            return forecasts
                    .map(found -> InferenceResult.answered(ForecastArtifact.of(channels, found)))
                    .orElseGet(() -> InferenceResult.abstained("cancelled"));
        }

        private static Optional<String> tooLittle(List<Channel> channels, int horizon) {
            int length = channels.getFirst().values().length;
            if (length < FEWEST_VALUES) {
                return Optional.of("the series has %d values; %d are the least".formatted(length, FEWEST_VALUES));
            }
            if (length < horizon) {
                return Optional.of("the series has %d values, fewer than the %d that are to be forecast"
                        .formatted(length, horizon));
            }
            for (int i = 0; i < channels.size(); i++) {
                if (channels.get(i).missing() > MOST_MISSING) {
                    return Optional.of("of series %d, %.0f %% of the values are missing; 10 %% are the most"
                            .formatted(i, 100 * channels.get(i).missing()));
                }
            }
            return Optional.empty();
        }
    }
}
