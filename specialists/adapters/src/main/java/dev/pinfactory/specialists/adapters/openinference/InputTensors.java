package dev.pinfactory.specialists.adapters.openinference;

import com.google.protobuf.ByteString;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.error.PinfactoryException;
import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.specialists.sdk.Inference;
import java.util.ArrayList;
import java.util.List;

/** Makes the tensors of one item out of its ports and parameters. */
final class InputTensors {
    private final List<Mapping.Input> inputs;

    InputTensors(List<Mapping.Input> inputs) {
        this.inputs = inputs;
    }

    /** @throws PinfactoryException SPECIALIST_INPUT_INVALID naming the port and what was expected */
    List<Tensor> of(Inference item) {
        return inputs.stream().map(input -> tensor(input, item)).toList();
    }

    private static Tensor tensor(Mapping.Input input, Inference item) {
        List<Value> values = new ArrayList<>();
        item.find(input.from())
                .ifPresentOrElse(
                        artifact -> add(artifact, input, values),
                        () -> item.parameter(input.from()).ifPresent(value -> flatten(value, input, values)));
        if (values.isEmpty()) {
            throw invalid(input, "is absent or empty");
        }
        List<Long> shape = shape(input, values.size());
        if (input.datatype() == Datatype.BYTES) {
            List<ByteString> bytes = values.stream()
                    .map(value -> ByteString.copyFromUtf8(text(value, input)))
                    .toList();
            return new Tensor(input.tensor(), input.datatype(), shape, List.of(), bytes);
        }
        List<Double> numbers =
                values.stream().map(value -> number(value, input)).toList();
        return new Tensor(input.tensor(), input.datatype(), shape, numbers, List.of());
    }

    private static void add(Artifact artifact, Mapping.Input input, List<Value> values) {
        switch (artifact.getContentCase()) {
            case TEXT ->
                values.add(Value.newBuilder().setStringValue(artifact.getText()).build());
            case JSON -> flatten(artifact.getJson(), input, values);
            case ITEMS -> artifact.getItems().getItemsList().forEach(item -> add(item, input, values));
            case DATA, REF, CONTENT_NOT_SET -> throw invalid(input, "has content that no tensor is made of");
        }
    }

    private static void flatten(Value value, Mapping.Input input, List<Value> values) {
        switch (value.getKindCase()) {
            case LIST_VALUE -> value.getListValue().getValuesList().forEach(element -> flatten(element, input, values));
            case STRUCT_VALUE -> addStruct(value.getStructValue(), input, values);
            default -> values.add(value);
        }
    }

    private static void addStruct(Struct struct, Mapping.Input input, List<Value> values) {
        if (struct.containsFields("columns") && struct.containsFields("rows")) {
            addRows(struct, input, values);
        } else if (!input.columns().isEmpty()) {
            for (String field : input.columns()) {
                if (!struct.containsFields(field)) {
                    throw invalid(input, "has no field '" + field + "'");
                }
                values.add(struct.getFieldsOrThrow(field));
            }
        } else if (struct.containsFields("value")) {
            values.add(struct.getFieldsOrThrow("value"));
        } else {
            throw invalid(input, "is a record; the mapping names no columns");
        }
    }

    private static void addRows(Struct table, Mapping.Input input, List<Value> values) {
        List<String> names = table.getFieldsOrThrow("columns").getListValue().getValuesList().stream()
                .map(column -> column.getStructValue()
                        .getFieldsOrDefault("name", Value.getDefaultInstance())
                        .getStringValue())
                .toList();
        List<String> wanted = input.columns().isEmpty() ? names : input.columns();
        for (String column : wanted) {
            if (!names.contains(column)) {
                throw invalid(input, "has no column '" + column + "'");
            }
        }
        for (Value row : table.getFieldsOrThrow("rows").getListValue().getValuesList()) {
            List<Value> cells = row.getListValue().getValuesList();
            for (String column : wanted) {
                int index = names.indexOf(column);
                if (index >= cells.size()) {
                    throw invalid(input, "has a row of " + cells.size() + " cells, expected " + names.size());
                }
                values.add(cells.get(index));
            }
        }
    }

    private static List<Long> shape(Mapping.Input input, int elements) {
        long known = input.shape().stream().filter(d -> d > 0).reduce(1L, Math::multiplyExact);
        boolean open = input.shape().contains(-1L);
        if (open ? elements % known != 0 : elements != known) {
            throw invalid(input, "has " + elements + " values, expected the shape " + input.shape());
        }
        return input.shape().stream().map(d -> d > 0 ? d : elements / known).toList();
    }

    private static String text(Value value, Mapping.Input input) {
        if (!value.hasStringValue()) {
            throw invalid(input, "is not a text, which " + input.datatype() + " needs");
        }
        return value.getStringValue();
    }

    private static double number(Value value, Mapping.Input input) {
        if (value.hasBoolValue()) {
            return value.getBoolValue() ? 1 : 0;
        }
        double number = value.getNumberValue();
        boolean whole = input.datatype() == Datatype.INT32 || input.datatype() == Datatype.INT64;
        double limit = input.datatype() == Datatype.INT32 ? Integer.MAX_VALUE : 1L << 53;
        boolean fits = input.datatype() != Datatype.FP32 || Float.isFinite((float) number);
        if (!value.hasNumberValue()
                || !Double.isFinite(number)
                || !fits
                || whole && (number != Math.rint(number) || Math.abs(number) > limit)) {
            throw invalid(input, "has a value that is not " + input.datatype());
        }
        return number;
    }

    private static PinfactoryException invalid(Mapping.Input input, String problem) {
        return new PinfactoryException(ErrorCode.SPECIALIST_INPUT_INVALID, "inputs[" + input.from() + "] " + problem);
    }
}
