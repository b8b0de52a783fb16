package dev.pinfactory.orchestrator.service.shadow;

import com.google.protobuf.Value;
import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.proto.v1.InferResponse;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** How far two answers to the same call are the same: by what they say, not by how sure they are of it. */
final class Agreement {
    /** Of two numbers, as a share of the larger one: models that were trained anew give the same score in the second digit at best. */
    private static final double TOLERANCE = 0.01;

    private static final Set<String> HOW_SURE = Set.of("confidence", "candidates");

    private Agreement() {}

    /** From 0 to 1: the share of all values, of either answer, that both have at the same place. */
    static double of(InferResponse used, InferResponse shadow) {
        if (used.hasAbstention() || shadow.hasAbstention()) {
            return used.hasAbstention() && shadow.hasAbstention() ? 1 : 0;
        }
        Map<String, Value> one = values(used.getOutputs().getArtifactsList());
        Map<String, Value> other = values(shadow.getOutputs().getArtifactsList());
        Set<String> places = new HashSet<>(one.keySet());
        places.addAll(other.keySet());
        if (places.isEmpty()) {
            return 1;
        }
        long same = places.stream()
                .filter(place -> same(
                        one.getOrDefault(place, Value.getDefaultInstance()),
                        other.getOrDefault(place, Value.getDefaultInstance())))
                .count();
        return (double) same / places.size();
    }

    private static boolean same(Value one, Value other) {
        if (!one.hasNumberValue() || !other.hasNumberValue()) {
            return one.equals(other);
        }
        double larger = Math.max(Math.abs(one.getNumberValue()), Math.abs(other.getNumberValue()));
        return Math.abs(one.getNumberValue() - other.getNumberValue()) <= TOLERANCE * larger;
    }

    private static Map<String, Value> values(List<Artifact> artifacts) {
        Map<String, Value> values = new TreeMap<>();
        artifacts.forEach(artifact -> collect(artifact.getName(), artifact, values));
        return values;
    }

    private static void collect(String at, Artifact artifact, Map<String, Value> values) {
        switch (artifact.getContentCase()) {
            case JSON -> collect(at, artifact.getJson(), values);
            case TEXT -> values.put(at, text(artifact.getText()));
            case DATA ->
                values.put(at, text(artifact.getData().toString(java.nio.charset.StandardCharsets.ISO_8859_1)));
            case REF -> values.put(at, text(artifact.getRef().getDigest()));
            case ITEMS -> {
                for (int i = 0; i < artifact.getItems().getItemsCount(); i++) {
                    collect(at + "/" + i, artifact.getItems().getItems(i), values);
                }
            }
            case CONTENT_NOT_SET -> {
                // Nothing to compare.
            }
        }
    }

    private static void collect(String at, Value value, Map<String, Value> values) {
        switch (value.getKindCase()) {
            case STRUCT_VALUE ->
                value.getStructValue().getFieldsMap().forEach((name, child) -> {
                    if (!HOW_SURE.contains(name)) {
                        collect(at + "/" + name, child, values);
                    }
                });
            case LIST_VALUE -> {
                for (int i = 0; i < value.getListValue().getValuesCount(); i++) {
                    collect(at + "/" + i, value.getListValue().getValues(i), values);
                }
            }
            case NULL_VALUE, NUMBER_VALUE, STRING_VALUE, BOOL_VALUE, KIND_NOT_SET -> values.put(at, value);
        }
    }

    private static Value text(String text) {
        return Value.newBuilder().setStringValue(text).build();
    }
}
