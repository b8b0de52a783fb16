package dev.pinfactory.e2e.planning;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Struct;
import com.google.protobuf.util.JsonFormat;
import dev.pinfactory.proto.v1.InputDescription;
import dev.pinfactory.proto.v1.PlanRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.json.JsonMapper;

/**
 * A request and what a good plan for it is. Steps are written as {@link PlanInWords} writes them.
 *
 * @param inputs as {@code name:type}, and {@code :many} behind it for a list
 * @param plans sets of steps, any of which is right; empty where the request is to be refused
 * @param unmet words that have to stand in the clauses that nobody does, one for each such clause
 * @param refusals reasons, any of which is right; empty where a plan is expected
 * @param schema the caller's: its properties under the key {@code schema}, or the whole under {@code json-schema}
 * @param output what the mapping onto the schema has to hold; empty where it does not matter
 * @param mapping the whole mapping; empty where it does not matter
 */
record PackRequest(
        String kind,
        String instruction,
        List<String> inputs,
        List<Set<String>> plans,
        List<String> unmet,
        List<String> refusals,
        Optional<Struct> schema,
        List<String> output,
        List<String> mapping) {

    static List<PackRequest> read(String resource) {
        try (InputStream in = PackRequest.class.getResourceAsStream(resource)) {
            List<Map<String, Object>> entries = new Yaml(new SafeConstructor(new LoaderOptions())).load(in);
            return entries.stream().map(PackRequest::of).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static PackRequest of(Map<String, Object> entry) {
        List<Set<String>> plans = new ArrayList<>();
        for (String key : List.of("steps", "or")) {
            if (entry.containsKey(key)) {
                plans.add(Set.copyOf(strings(entry, key)));
            }
        }
        return new PackRequest(
                (String) entry.get("kind"),
                (String) entry.get("instruction"),
                strings(entry, "inputs"),
                plans,
                strings(entry, "unmet"),
                strings(entry, "refusal"),
                schema(entry),
                strings(entry, "output"),
                strings(entry, "mapping"));
    }

    @SuppressWarnings("unchecked")
    private static List<String> strings(Map<String, Object> entry, String key) {
        return (List<String>) entry.getOrDefault(key, List.of());
    }

    private static Optional<Struct> schema(Map<String, Object> entry) {
        Object properties = entry.get("schema");
        Object whole = entry.getOrDefault(
                "json-schema", properties == null ? null : Map.of("type", "object", "properties", properties));
        if (whole == null) {
            return Optional.empty();
        }
        Struct.Builder schema = Struct.newBuilder();
        try {
            JsonFormat.parser().merge(new JsonMapper().writeValueAsString(whole), schema);
        } catch (InvalidProtocolBufferException e) {
            throw new UncheckedIOException(e);
        }
        return Optional.of(schema.build());
    }

    PlanRequest toPlanRequest() {
        PlanRequest.Builder request = PlanRequest.newBuilder().setInstruction(instruction);
        for (String input : inputs) {
            String[] parts = input.split(":");
            request.addInputs(InputDescription.newBuilder()
                    .setName(parts[0])
                    .setType(parts[1])
                    .setMany(parts.length > 2));
        }
        schema.ifPresent(request::setOutputSchema);
        return request.build();
    }
}
