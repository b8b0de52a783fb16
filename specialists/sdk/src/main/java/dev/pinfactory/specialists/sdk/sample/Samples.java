package dev.pinfactory.specialists.sdk.sample;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import dev.pinfactory.proto.v1.InferRequest;
import java.util.ArrayList;
import java.util.List;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.json.JsonMapper;

/**
 * Requests that a specialist can answer, kept as {@code samples.yaml} beside its card: a list of {@code InferRequest} in protobuf's JSON mapping, the
 * specialist's id left out. They warm the specialist up and are what the contract test sends.
 */
public final class Samples {
    /** The file beside the card. */
    public static final String FILE = "samples.yaml";

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private Samples() {}

    /**
     * Reads samples for a specialist.
     *
     * @throws IllegalArgumentException when the text is no list of requests
     */
    public static List<InferRequest> read(String yaml, String specialist) {
        Object root = new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml);
        if (!(root instanceof List<?> entries)) {
            throw new IllegalArgumentException("samples of '" + specialist + "' are no list");
        }
        List<InferRequest> samples = new ArrayList<>();
        for (Object entry : entries) {
            samples.add(request(entry, specialist, samples.size()));
        }
        return samples;
    }

    private static InferRequest request(Object entry, String specialist, int index) {
        InferRequest.Builder request = InferRequest.newBuilder();
        try {
            JsonFormat.parser().merge(JSON.writeValueAsString(entry), request);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException(
                    "sample " + index + " of '" + specialist + "' is no request: " + e.getMessage(), e);
        }
        String written = request.getSpecialist();
        if (!written.isEmpty() && !written.equals(specialist)) {
            throw new IllegalArgumentException(
                    "sample " + index + " is for '" + written + "', expected '" + specialist + "'");
        }
        return request.setSpecialist(specialist).build();
    }
}
