package dev.pinfactory.orchestrator.cli;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Value;
import com.google.protobuf.util.JsonFormat;
import dev.pinfactory.proto.v1.Correction;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** What is right where a result is wrong, as a command takes it. */
final class Corrections {
    @Option(
            names = "--set",
            paramLabel = "POINTER=TEXT",
            description = "The right text for a place of the output, such as /intent=refund; may be repeated.")
    private List<String> texts = new ArrayList<>();

    @Option(
            names = "--set-json",
            paramLabel = "POINTER=JSON",
            description = "The same for a value that is no text, such as /pages=3 or /total=null; may be repeated.")
    private List<String> values = new ArrayList<>();

    List<Correction> all() {
        List<Correction> all = new ArrayList<>();
        texts.forEach(given -> all.add(correction(
                "--set", given, Value.newBuilder().setStringValue(after(given)).build())));
        values.forEach(given -> all.add(correction("--set-json", given, json(given))));
        return all;
    }

    private static Correction correction(String option, String given, Value value) {
        if (!given.startsWith("/") || given.indexOf('=') < 0) {
            throw new UsageException(option + " is '" + given
                    + "', expected a place of the output, '=' and a value, such as /intent=refund");
        }
        return Correction.newBuilder()
                .setPointer(given.substring(0, given.indexOf('=')))
                .setValue(value)
                .build();
    }

    private static String after(String given) {
        return given.substring(given.indexOf('=') + 1);
    }

    private static Value json(String given) {
        Value.Builder value = Value.newBuilder();
        try {
            JsonFormat.parser().merge(after(given), value);
        } catch (InvalidProtocolBufferException e) {
            throw new UsageException("--set-json is '" + given + "', whose value is no JSON; --set takes texts");
        }
        return value.build();
    }
}
