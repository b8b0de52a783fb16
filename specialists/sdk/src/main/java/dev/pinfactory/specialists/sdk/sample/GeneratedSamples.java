package dev.pinfactory.specialists.sdk.sample;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Value;
import com.google.protobuf.util.JsonFormat;
import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.proto.v1.ArtifactList;
import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.proto.v1.InferRequest;
import dev.pinfactory.proto.v1.Parameter;
import dev.pinfactory.proto.v1.Port;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/** Makes a request out of a card alone, for specialists without samples. The text is the caller's, so that hard texts can be tried. */
public final class GeneratedSamples {
    /** Plain, with a date, an amount and a name, so that most text specialists find something. */
    public static final String PLAIN_TEXT =
            "Anna Berg paid 42.50 EUR to the Blue Lamp Hotel in Graz on 2026-03-14. The room was quiet and the staff were kind.";

    /** One transparent pixel. */
    private static final byte[] PNG = Base64.getDecoder()
            .decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==");

    /** The smallest useful value of each built-in type that is JSON. */
    private static final Map<String, String> JSON_BY_TYPE = Map.of(
            "table",
                    "{\"columns\":[{\"name\":\"item\"},{\"name\":\"amount\"}],\"rows\":[[\"tea\",\"2.50\"],[\"cake\",\"4.00\"]]}",
            "series", "{\"values\":[1,2,3,5,8,13]}",
            "record", "{\"name\":\"Anna Berg\",\"total\":\"42.50\"}",
            "fields", "{\"name\":\"Anna Berg\",\"total\":\"42.50\"}",
            "entities", "[{\"type\":\"person\",\"text\":\"Anna Berg\",\"start\":0,\"end\":9}]",
            "spans", "[{\"start\":0,\"end\":9,\"text\":\"Anna Berg\"}]",
            "labels", "{\"label\":\"travel\",\"candidates\":[{\"label\":\"travel\",\"confidence\":0.9}]}",
            "score", "{\"value\":0.5}");

    private GeneratedSamples() {}

    /** A request with this text on every port that takes texts; empty where a port has a type that nothing can be made up for. */
    public static Optional<InferRequest> request(Contract contract, String text) {
        InferRequest.Builder request = InferRequest.newBuilder().setSpecialist(contract.getId());
        for (Port port : contract.getInputsList()) {
            if (port.getOptional()) {
                continue;
            }
            Optional<Artifact> artifact = artifact(port, text);
            if (artifact.isEmpty()) {
                return Optional.empty();
            }
            request.addInputs(artifact.get());
        }
        for (Parameter parameter : contract.getParametersList()) {
            if (parameter.getRequired() && !parameter.hasDefaultValue()) {
                request.putParameters(parameter.getName(), value(parameter));
            }
        }
        return Optional.of(request.build());
    }

    private static Optional<Artifact> artifact(Port port, String text) {
        Artifact.Builder one = Artifact.newBuilder().setType(port.getType());
        switch (port.getType()) {
            case "any", "text" -> one.setType("text").setText(text);
            case "document" -> one.setMediaType("text/plain; charset=utf-8").setData(ByteString.copyFromUtf8(text));
            case "image" -> one.setMediaType("image/png").setData(ByteString.copyFrom(PNG));
            default -> {
                String json = JSON_BY_TYPE.get(port.getType());
                if (json == null) {
                    return Optional.empty();
                }
                one.setJson(parse(json));
            }
        }
        if (port.getCardinality() != Port.Cardinality.MANY) {
            return Optional.of(one.setName(port.getName()).build());
        }
        return Optional.of(Artifact.newBuilder()
                .setName(port.getName())
                .setType(one.getType())
                .setItems(ArtifactList.newBuilder().addItems(one).addItems(one))
                .build());
    }

    private static Value value(Parameter parameter) {
        return switch (parameter.getKind()) {
            case INTEGER, NUMBER -> Value.newBuilder().setNumberValue(1).build();
            case BOOLEAN -> Value.newBuilder().setBoolValue(true).build();
            case DATE -> string("2026-03-14");
            case AMOUNT -> string("42.50 EUR");
            case LANGUAGE -> string("en");
            case ENUM -> string(parameter.getAllowedValues(0));
            case FILE_NAME -> string("sample.txt");
            case URL -> string("https://example.org/");
            case STRING, KIND_UNSPECIFIED, UNRECOGNIZED -> string("sample");
        };
    }

    private static Value string(String text) {
        return Value.newBuilder().setStringValue(text).build();
    }

    private static Value parse(String json) {
        Value.Builder value = Value.newBuilder();
        try {
            JsonFormat.parser().merge(json, value);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException(e);
        }
        return value.build();
    }
}
