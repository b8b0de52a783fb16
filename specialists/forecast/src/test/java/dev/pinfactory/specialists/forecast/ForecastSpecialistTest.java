package dev.pinfactory.specialists.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ListValue;
import com.google.protobuf.NullValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.proto.v1.ArtifactList;
import dev.pinfactory.specialists.sdk.Inference;
import dev.pinfactory.specialists.sdk.InferenceResult;
import dev.pinfactory.specialists.sdk.ModelSource;
import dev.pinfactory.specialists.sdk.SpecialistModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ForecastSpecialistTest {
    private final SpecialistModel model = load();

    @Test
    void severalSeriesAreAnsweredInOrderByTheirNames() {
        Artifact list = ForecastArtifact.series(List.of("a", "b"), List.of(noise(300, 0), noise(300, 100)));
        Artifact answer = ((InferenceResult.Answered) infer(list, 12)).outputs().getFirst();
        assertThat(answer.getItems().getItemsList())
                .extracting(one ->
                        one.getJson().getStructValue().getFieldsOrThrow("name").getStringValue())
                .containsExactly("a", "b");
        Struct second = answer.getItems().getItems(1).getJson().getStructValue();
        assertThat(ForecastArtifact.numbers(second, "values"))
                .hasSize(12)
                .satisfies(values ->
                        assertThat(Arrays.stream(values).min().orElseThrow()).isGreaterThan(90));
        assertThat(ForecastArtifact.numbers(second, "lower")[0])
                .isLessThan(ForecastArtifact.numbers(second, "upper")[0]);
    }

    @Test
    void aVeryShortSeriesGetsNoForecast() {
        assertThat(reason(infer(one(noise(15, 0)), 4))).contains("15 values");
        assertThat(reason(infer(one(noise(50, 0)), 51))).contains("50 values, fewer than the 51");
    }

    @Test
    void aShortSeriesGetsItsLastSeasonAgain() {
        double[] week = new double[28];
        for (int t = 0; t < week.length; t++) {
            week[t] = t % 7;
        }
        Artifact answer =
                ((InferenceResult.Answered) infer(one(week), 7)).outputs().getFirst();
        Struct json = answer.getItems().getItems(0).getJson().getStructValue();
        assertThat(ForecastArtifact.numbers(json, "values")).containsExactly(0, 1, 2, 3, 4, 5, 6);
        assertThat(json.getFieldsOrThrow("method").getStringValue()).isEqualTo("last season of 7");
        assertThat(answer.getConfidence()).isEqualTo(Naive.CONFIDENCE);
    }

    @Test
    void fewMissingValuesAreFilledAndManyAreNot() {
        assertThat(infer(list(holes(200, 20), List.of()), 8)).isInstanceOf(InferenceResult.Answered.class);
        assertThat(reason(infer(list(holes(200, 60), List.of()), 8))).contains("30 %", "missing");
    }

    @Test
    void whatIsWrongIsNamed() {
        double[] values = noise(100, 0);
        values[3] = Double.NaN;
        assertThat(detail(infer(one(values), 8))).contains("series[0].values[3] is NaN");
        assertThat(detail(infer(one(noise(100, 0)), 0))).contains("'horizon' is 0");
        assertThat(detail(infer(one(noise(100, 0)), 721))).contains("'horizon' is 721");
        assertThat(detail(infer(one(new double[20_001]), 8))).contains("20,001");
        assertThat(detail(infer(ForecastArtifact.series(names(33), Collections.nCopies(33, noise(50, 0))), 8)))
                .contains("33 series");
        assertThat(detail(infer(ForecastArtifact.series(names(2), List.of(noise(50, 0), noise(51, 0))), 8)))
                .contains("series[1] has 51 values");
        assertThat(detail(infer(list(holes(20, 0), List.of("2026-03-14")), 8))).contains("series[0].times has 1");
    }

    @Test
    void whoeverHasGoneIsNotComputedFor() {
        Inference gone = new Inference(Map.of(ForecastSpecialist.SERIES, one(noise(2_000, 0))), Map.of(), () -> true);
        assertThat(reason(model.infer(List.of(gone)).getFirst())).isEqualTo("cancelled");
    }

    private InferenceResult infer(Artifact list, int horizon) {
        Value value = Value.newBuilder().setNumberValue(horizon).build();
        return model.infer(List.of(Inference.of(List.of(list), Map.of(ForecastSpecialist.HORIZON, value))))
                .getFirst();
    }

    private static String reason(InferenceResult result) {
        return ((InferenceResult.Abstained) result).reason();
    }

    private static String detail(InferenceResult result) {
        return ((InferenceResult.Failed) result).detail();
    }

    private static List<String> names(int count) {
        return Collections.nCopies(count, "a");
    }

    private static Artifact one(double[] values) {
        return ForecastArtifact.series(List.of("a"), List.of(values));
    }

    private static double[] noise(int length, double level) {
        return new Random(7).doubles(length).map(value -> value + level).toArray();
    }

    private static List<Value> holes(int length, int holes) {
        List<Value> values = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            values.add(
                    i < holes
                            ? Value.newBuilder()
                                    .setNullValue(NullValue.NULL_VALUE)
                                    .build()
                            : Value.newBuilder().setNumberValue(i % 5).build());
        }
        return values;
    }

    private static Artifact list(List<Value> values, List<String> times) {
        Struct.Builder json = Struct.newBuilder().putFields("values", value(values));
        if (!times.isEmpty()) {
            json.putFields(
                    "times",
                    value(times.stream()
                            .map(time -> Value.newBuilder().setStringValue(time).build())
                            .toList()));
        }
        return Artifact.newBuilder()
                .setName(ForecastSpecialist.SERIES)
                .setItems(ArtifactList.newBuilder()
                        .addItems(
                                Artifact.newBuilder().setJson(Value.newBuilder().setStructValue(json))))
                .build();
    }

    private static Value value(List<Value> values) {
        return Value.newBuilder()
                .setListValue(ListValue.newBuilder().addAllValues(values))
                .build();
    }

    private static SpecialistModel load() {
        try {
            return new ForecastSpecialist()
                    .load(ModelSource.of(ForecastSpecialist.class.getResourceAsStream("model.bin")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
