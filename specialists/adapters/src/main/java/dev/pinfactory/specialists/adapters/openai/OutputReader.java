package dev.pinfactory.specialists.adapters.openai;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.ListValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import com.google.protobuf.util.JsonFormat;
import dev.pinfactory.proto.type.JsonPointer;
import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.proto.v1.Evidence;
import dev.pinfactory.proto.v1.LeafNote;
import dev.pinfactory.proto.v1.Span;
import dev.pinfactory.specialists.adapters.openai.ChatMapping.Output;
import dev.pinfactory.specialists.sdk.Inference;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Reads one member of an answer as the output that it is for. */
final class OutputReader {
    private static final JsonFormat.Parser JSON = JsonFormat.parser();
    private static final int MAX_QUOTES = 1_000;
    private static final int MAX_NOTES = 200;

    private final Inference item;
    private final List<String> texts;
    private final double confidence;

    /** @param texts ports that can be quoted */
    OutputReader(Inference item, List<String> texts, double confidence) {
        this.item = item;
        this.texts = texts.stream().filter(port -> item.find(port).isPresent()).toList();
        this.confidence = confidence;
    }

    Artifact read(Output output, JsonNode member, Artifact.Builder artifact) throws UnusableAnswer {
        return switch (output.as()) {
            case LABELS -> artifact.setJson(label(output, member)).build();
            case SCORE -> artifact.setJson(score(output, member)).build();
            case TEXT -> artifact.setText(text(output, member)).build();
            case RECORD -> record(output, member, artifact);
            case ENTITIES -> quotes(output, member, "type", artifact);
            case SPANS -> quotes(output, member, "label", artifact);
        };
    }

    private Value label(Output output, JsonNode member) throws UnusableAnswer {
        Value label = string(allowed(output, member));
        Struct candidate = Struct.newBuilder()
                .putFields("label", label)
                .putFields("confidence", number(confidence))
                .build();
        return object(Map.of(
                "label",
                label,
                "candidates",
                list(List.of(Value.newBuilder().setStructValue(candidate).build()))));
    }

    private static String allowed(Output output, JsonNode member) throws UnusableAnswer {
        String label = text(output, member);
        if (!output.labels().contains(label)) {
            throw new UnusableAnswer("'" + output.port() + "' is none of the labels");
        }
        return label;
    }

    private static Value score(Output output, JsonNode member) throws UnusableAnswer {
        double value = member.isNumber() ? member.doubleValue() : Double.NaN;
        boolean inside = Double.isFinite(value)
                && (output.min() == null || value >= output.min())
                && (output.max() == null || value <= output.max());
        if (!inside) {
            throw new UnusableAnswer("'" + output.port() + "' is no number within its bounds");
        }
        return object(Map.of("value", number(value)));
    }

    private static String text(Output output, JsonNode member) throws UnusableAnswer {
        if (!member.isString()) {
            throw new UnusableAnswer("'" + output.port() + "' is no string");
        }
        return member.stringValue();
    }

    private Artifact record(Output output, JsonNode member, Artifact.Builder artifact) throws UnusableAnswer {
        if (!member.isObject()) {
            throw new UnusableAnswer("'" + output.port() + "' is no object");
        }
        if (!output.fields().isEmpty() && !output.fields().containsAll(member.propertyNames())) {
            throw new UnusableAnswer("'" + output.port() + "' has fields that were not asked for");
        }
        Value.Builder value = Value.newBuilder();
        try {
            JSON.merge(member.toString(), value);
        } catch (InvalidProtocolBufferException e) {
            throw new UnusableAnswer("'" + output.port() + "' has a value that can't be represented");
        }
        note(output, JsonPointer.whole(), value.build(), artifact);
        return artifact.setJson(value).build();
    }

    /** Says of each text in a record where it was taken from, if it was. */
    private void note(Output output, JsonPointer at, Value value, Artifact.Builder artifact) throws UnusableAnswer {
        switch (value.getKindCase()) {
            case STRUCT_VALUE -> {
                for (var field : value.getStructValue().getFieldsMap().entrySet()) {
                    note(output, at.child(field.getKey()), field.getValue(), artifact);
                }
            }
            case LIST_VALUE -> {
                for (int i = 0; i < value.getListValue().getValuesCount(); i++) {
                    note(output, at.child(i), value.getListValue().getValues(i), artifact);
                }
            }
            case STRING_VALUE -> {
                Optional<Evidence> evidence = evidence(value.getStringValue());
                if (evidence.isEmpty() && output.quoted()) {
                    throw new UnusableAnswer("'" + output.port() + "' has words that are not in the data");
                }
                if (evidence.isPresent() && artifact.getLeavesCount() < MAX_NOTES) {
                    artifact.addLeaves(LeafNote.newBuilder()
                            .setPointer(at.toString())
                            .setConfidence(confidence)
                            .addEvidence(evidence.get()));
                }
            }
            case NUMBER_VALUE, BOOL_VALUE, NULL_VALUE, KIND_NOT_SET -> {}
        }
    }

    private Optional<Evidence> evidence(String quote) {
        for (String port : texts) {
            Optional<Span> span = new Quotes(item.text(port)).next(quote);
            if (span.isPresent()) {
                return Optional.of(
                        Evidence.newBuilder().setInput(port).setSpan(span.get()).build());
            }
        }
        return Optional.empty();
    }

    private Artifact quotes(Output output, JsonNode member, String labelled, Artifact.Builder artifact)
            throws UnusableAnswer {
        if (!member.isArray() || member.size() > MAX_QUOTES) {
            throw new UnusableAnswer("'" + output.port() + "' is no list of at most " + MAX_QUOTES);
        }
        String port = output.from().isEmpty() ? texts.getFirst() : output.from();
        Quotes quotes = new Quotes(item.find(port).map(Artifact::getText).orElse(""));
        List<Found> found = new ArrayList<>();
        for (JsonNode each : member) {
            String quote = text(output, each.path("text"));
            String label = output.labels().isEmpty() ? "" : allowed(output, each.path(labelled));
            if (!quotes.has(quote)) {
                throw new UnusableAnswer("'" + output.port() + "' has words that are not in the data");
            }
            // One that is named more often than it stands there is there no more often.
            quotes.next(quote).ifPresent(span -> found.add(new Found(quote, label, span)));
        }
        found.sort(Comparator.comparingInt(each -> each.span().getStart()));
        for (int i = 0; i < Math.min(found.size(), MAX_NOTES); i++) {
            artifact.addLeaves(LeafNote.newBuilder()
                    .setPointer("/" + i)
                    .setConfidence(confidence)
                    .addEvidence(Evidence.newBuilder()
                            .setInput(port)
                            .setSpan(found.get(i).span())));
        }
        return artifact.setJson(
                        list(found.stream().map(each -> each.json(labelled)).toList()))
                .build();
    }

    private record Found(String text, String label, Span span) {
        Value json(String labelled) {
            Struct.Builder json = Struct.newBuilder()
                    .putFields("text", string(text))
                    .putFields("start", number(span.getStart()))
                    .putFields("end", number(span.getEnd()));
            if (!label.isEmpty()) {
                json.putFields(labelled, string(label));
            }
            return Value.newBuilder().setStructValue(json).build();
        }
    }

    private static Value object(Map<String, Value> fields) {
        return Value.newBuilder()
                .setStructValue(Struct.newBuilder().putAllFields(fields))
                .build();
    }

    private static Value list(List<Value> values) {
        return Value.newBuilder()
                .setListValue(ListValue.newBuilder().addAllValues(values))
                .build();
    }

    private static Value string(String text) {
        return Value.newBuilder().setStringValue(text).build();
    }

    private static Value number(double number) {
        return Value.newBuilder().setNumberValue(number).build();
    }
}
