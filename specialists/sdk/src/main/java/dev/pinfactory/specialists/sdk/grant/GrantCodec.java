package dev.pinfactory.specialists.sdk.grant;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import com.google.protobuf.util.JsonFormat;
import dev.pinfactory.proto.digest.Digests;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;

/** A grant's claims as JSON. */
final class GrantCodec {
    private GrantCodec() {}

    static byte[] write(Grant grant) {
        Struct.Builder inputs = Struct.newBuilder();
        grant.inputDigests().forEach((port, digest) -> inputs.putFields(port, string(digest)));
        Struct.Builder claims = Struct.newBuilder()
                .putFields("task", string(grant.task()))
                .putFields("step", string(grant.step()))
                .putFields("tenant", string(grant.tenant()))
                .putFields("specialist", string(grant.specialist()))
                .putFields("version", string(grant.version()))
                .putFields("inputs", Value.newBuilder().setStructValue(inputs).build())
                .putFields("parameters", string(grant.parametersDigest()))
                .putFields("exp", number(grant.expiresAt().getEpochSecond()));
        grant.item().ifPresent(item -> claims.putFields("item", number(item)));
        return Digests.canonicalJson(claims).getBytes(StandardCharsets.UTF_8);
    }

    /** @throws IllegalArgumentException when the claims are no grant */
    static Grant read(byte[] json) {
        Map<String, Value> claims = parse(json);
        Map<String, String> inputs = new TreeMap<>();
        claim(claims, "inputs")
                .getStructValue()
                .getFieldsMap()
                .forEach((port, digest) -> inputs.put(port, text(digest)));
        return new Grant(
                text(claim(claims, "task")),
                text(claim(claims, "step")),
                claims.containsKey("item") ? OptionalInt.of((int) whole(claim(claims, "item"))) : OptionalInt.empty(),
                text(claim(claims, "tenant")),
                text(claim(claims, "specialist")),
                text(claim(claims, "version")),
                inputs,
                text(claim(claims, "parameters")),
                Instant.ofEpochSecond(whole(claim(claims, "exp"))));
    }

    private static Map<String, Value> parse(byte[] json) {
        Struct.Builder claims = Struct.newBuilder();
        try {
            JsonFormat.parser().merge(new String(json, StandardCharsets.UTF_8), claims);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException("no JSON object", e);
        }
        return claims.getFieldsMap();
    }

    private static Value claim(Map<String, Value> claims, String name) {
        Value value = claims.get(name);
        if (value == null) {
            throw new IllegalArgumentException("claim '" + name + "' is missing");
        }
        return value;
    }

    private static String text(Value value) {
        if (!value.hasStringValue()) {
            throw new IllegalArgumentException("a claim is no string");
        }
        return value.getStringValue();
    }

    private static long whole(Value value) {
        double number = value.getNumberValue();
        if (!value.hasNumberValue() || number != Math.rint(number) || Math.abs(number) > 1L << 50) {
            throw new IllegalArgumentException("a claim is no whole number");
        }
        return (long) number;
    }

    private static Value string(String text) {
        return Value.newBuilder().setStringValue(text).build();
    }

    private static Value number(double number) {
        return Value.newBuilder().setNumberValue(number).build();
    }
}
