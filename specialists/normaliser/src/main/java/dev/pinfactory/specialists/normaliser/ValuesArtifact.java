package dev.pinfactory.specialists.normaliser;

import com.google.protobuf.ListValue;
import com.google.protobuf.NullValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.specialists.learning.EntitiesArtifact;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Entities with currency or unit, and of what has several readings all of them and no value. */
final class ValuesArtifact {
    private ValuesArtifact() {}

    static Artifact of(String text, List<FoundValue> found) {
        List<EntitiesArtifact.Found> entities = found.stream()
                .map(value -> new EntitiesArtifact.Found(
                        value.type().name().toLowerCase(Locale.ROOT),
                        value.start(),
                        value.end(),
                        value.confidence(),
                        Optional.of(value.readings().getFirst()).filter(first -> !value.ambiguous())))
                .toList();
        Artifact.Builder artifact =
                EntitiesArtifact.of(NormaliserSpecialist.VALUES, NormaliserSpecialist.TEXT, text, entities).toBuilder();
        ListValue.Builder list = artifact.getJsonBuilder().getListValueBuilder();
        for (int i = 0; i < found.size(); i++) {
            complete(list.getValuesBuilder(i).getStructValueBuilder(), found.get(i));
        }
        return artifact.build();
    }

    private static void complete(Struct.Builder entity, FoundValue value) {
        switch (value.type()) {
            case AMOUNT ->
                entity.putFields(
                        "currency", value.unit().map(ValuesArtifact::text).orElse(none()));
            case MEASURE -> value.unit().ifPresent(unit -> entity.putFields("unit", text(unit)));
            case DATE, PERCENTAGE -> {}
        }
        if (value.ambiguous()) {
            ListValue.Builder readings = ListValue.newBuilder();
            value.readings().forEach(reading -> readings.addValues(text(reading)));
            entity.putFields("value", none())
                    .putFields(
                            "readings",
                            Value.newBuilder().setListValue(readings).build());
        }
    }

    private static Value text(String value) {
        return Value.newBuilder().setStringValue(value).build();
    }

    private static Value none() {
        return Value.newBuilder().setNullValue(NullValue.NULL_VALUE).build();
    }
}
