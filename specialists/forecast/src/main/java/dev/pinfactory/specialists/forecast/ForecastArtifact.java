package dev.pinfactory.specialists.forecast;

import com.google.protobuf.ListValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.pinfactory.proto.type.SemanticTypes;
import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.proto.v1.ArtifactList;
import java.util.List;

/** Series as artifacts: {@code values} with {@code lower}, {@code upper} and, where they are known, {@code times} and {@code name}. */
final class ForecastArtifact {
    private ForecastArtifact() {}

    /** The answer: a series for each channel, in order. */
    static Artifact of(List<Channel> channels, List<Forecast> forecasts) {
        ArtifactList.Builder items = ArtifactList.newBuilder();
        double confidence = 1;
        for (int i = 0; i < forecasts.size(); i++) {
            Forecast forecast = forecasts.get(i);
            confidence = Math.min(confidence, forecast.confidence());
            items.addItems(Artifact.newBuilder()
                    .setType(SemanticTypes.SERIES)
                    .setJson(json(channels.get(i), forecast))
                    .setConfidence(forecast.confidence()));
        }
        return Artifact.newBuilder()
                .setName(ForecastSpecialist.FORECAST)
                .setType(SemanticTypes.SERIES)
                .setItems(items)
                .setConfidence(confidence)
                .build();
    }

    private static Value json(Channel channel, Forecast forecast) {
        Struct.Builder json = Struct.newBuilder()
                .putFields("values", numbers(forecast.values()))
                .putFields("lower", numbers(forecast.lower()))
                .putFields("upper", numbers(forecast.upper()))
                .putFields("method", text(forecast.method()));
        if (!channel.name().isEmpty()) {
            json.putFields("name", text(channel.name()));
        }
        channel.times().ifPresent(times -> {
            ListValue.Builder next = ListValue.newBuilder();
            times.next(forecast.values().length).forEach(time -> next.addValues(text(time)));
            json.putFields("times", Value.newBuilder().setListValue(next).build());
        });
        forecast.learnt()
                .ifPresent(scale ->
                        json.putFields("mean", number(scale.mean())).putFields("deviation", number(scale.deviation())));
        return Value.newBuilder().setStructValue(json).build();
    }

    /** A list of series as an input. */
    static Artifact series(List<String> names, List<double[]> values) {
        ArtifactList.Builder items = ArtifactList.newBuilder();
        for (int i = 0; i < values.size(); i++) {
            items.addItems(Artifact.newBuilder()
                    .setType(SemanticTypes.SERIES)
                    .setJson(Value.newBuilder()
                            .setStructValue(Struct.newBuilder()
                                    .putFields("name", text(names.get(i)))
                                    .putFields("values", numbers(values.get(i))))));
        }
        return Artifact.newBuilder()
                .setName(ForecastSpecialist.SERIES)
                .setType(SemanticTypes.SERIES)
                .setItems(items)
                .build();
    }

    /** A member of numbers of such a series. */
    static double[] numbers(Struct json, String member) {
        return json.getFieldsOrDefault(member, Value.getDefaultInstance()).getListValue().getValuesList().stream()
                .mapToDouble(Value::getNumberValue)
                .toArray();
    }

    private static Value numbers(double[] values) {
        ListValue.Builder list = ListValue.newBuilder();
        for (double value : values) {
            list.addValues(number(value));
        }
        return Value.newBuilder().setListValue(list).build();
    }

    private static Value number(double value) {
        return Value.newBuilder().setNumberValue(value).build();
    }

    private static Value text(String value) {
        return Value.newBuilder().setStringValue(value).build();
    }
}
