package dev.pinfactory.specialists.adapters.openinference;

import com.google.protobuf.ListValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.specialists.sdk.InferenceResult;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Makes one item's artifacts out of its part of the output tensors. */
final class OutputArtifacts {
    private static final double ROUNDING = 1e-3;

    private final Mapping mapping;

    OutputArtifacts(Mapping mapping) {
        this.mapping = mapping;
    }

    /** @param tensors in the order of the mapping's outputs */
    InferenceResult of(List<Tensor> tensors, int item) {
        List<Artifact> artifacts = new ArrayList<>();
        double least = 1;
        for (int i = 0; i < tensors.size(); i++) {
            Artifact artifact = artifact(mapping.outputs().get(i), tensors.get(i), item);
            if (mapping.outputs().get(i).as() == Mapping.As.LABELS) {
                least = Math.min(least, artifact.getConfidence());
            }
            artifacts.add(artifact);
        }
        return least < mapping.abstainBelow()
                ? new InferenceResult.Abstained("the model is not sure enough", artifacts)
                : new InferenceResult.Answered(artifacts);
    }

    private static Artifact artifact(Mapping.Output output, Tensor tensor, int item) {
        Artifact.Builder artifact = Artifact.newBuilder().setName(output.port()).setConfidence(1);
        int from = item * output.elements();
        if (output.as() == Mapping.As.TEXT) {
            if (!tensor.bytes().get(from).isValidUtf8()) {
                throw TensorReader.invalid(output, "is not UTF-8");
            }
            return artifact.setText(tensor.bytes().get(from).toStringUtf8()).build();
        }
        List<Double> numbers = tensor.numbers().subList(from, from + output.elements());
        if (!numbers.stream().allMatch(Double::isFinite)) {
            throw TensorReader.invalid(output, "has a number that is not finite");
        }
        return switch (output.as()) {
            case LABELS -> labels(output, numbers, artifact);
            case LABEL_INDEX -> label(output, numbers.getFirst(), artifact);
            case SCORE ->
                artifact.setJson(struct("value", number(numbers.getFirst()))).build();
            case VECTOR -> artifact.setJson(struct("values", list(numbers))).build();
            case TEXT -> throw new IllegalStateException("a text is not a number");
        };
    }

    private static Artifact labels(Mapping.Output output, List<Double> numbers, Artifact.Builder artifact) {
        List<Double> probabilities = output.softmax() ? softmax(numbers) : numbers;
        double sum = probabilities.stream().mapToDouble(Double::doubleValue).sum();
        if (probabilities.stream().anyMatch(p -> p < 0) || Math.abs(sum - 1) > ROUNDING) {
            throw TensorReader.invalid(output, "has no probabilities that add up to 1 (softmax: true for logits)");
        }
        // In single precision a sure model may say 1.0000001.
        List<Double> confidences =
                probabilities.stream().map(p -> Math.min(p, 1)).toList();
        List<Integer> order = IntStream.range(0, confidences.size())
                .boxed()
                .sorted(Comparator.comparing(confidences::get, Comparator.reverseOrder()))
                .toList();
        ListValue.Builder candidates = ListValue.newBuilder();
        for (int index : order) {
            candidates.addValues(Value.newBuilder()
                    .setStructValue(Struct.newBuilder()
                            .putFields("label", text(output.labels().get(index)))
                            .putFields("confidence", number(confidences.get(index)))));
        }
        Struct labels = Struct.newBuilder()
                .putFields("label", text(output.labels().get(order.getFirst())))
                .putFields(
                        "candidates",
                        Value.newBuilder().setListValue(candidates).build())
                .build();
        return artifact.setConfidence(confidences.get(order.getFirst()))
                .setJson(Value.newBuilder().setStructValue(labels))
                .build();
    }

    private static Artifact label(Mapping.Output output, double index, Artifact.Builder artifact) {
        if (index != Math.rint(index) || index < 0 || index >= output.labels().size()) {
            throw TensorReader.invalid(
                    output,
                    "has an index that is none of its " + output.labels().size() + " labels");
        }
        Value label = text(output.labels().get((int) index));
        Struct candidate = Struct.newBuilder()
                .putFields("label", label)
                .putFields("confidence", number(output.confidence()))
                .build();
        Struct labels = Struct.newBuilder()
                .putFields("label", label)
                .putFields(
                        "candidates",
                        Value.newBuilder()
                                .setListValue(ListValue.newBuilder()
                                        .addValues(Value.newBuilder().setStructValue(candidate)))
                                .build())
                .build();
        return artifact.setConfidence(output.confidence())
                .setJson(Value.newBuilder().setStructValue(labels))
                .build();
    }

    private static List<Double> softmax(List<Double> logits) {
        double largest = logits.stream().mapToDouble(Double::doubleValue).max().orElse(0);
        List<Double> powers =
                logits.stream().map(logit -> Math.exp(logit - largest)).toList();
        double sum = powers.stream().mapToDouble(Double::doubleValue).sum();
        return powers.stream().map(power -> power / sum).toList();
    }

    private static Value struct(String field, Value value) {
        return Value.newBuilder()
                .setStructValue(Struct.newBuilder().putFields(field, value))
                .build();
    }

    private static Value list(List<Double> numbers) {
        ListValue.Builder list = ListValue.newBuilder();
        numbers.forEach(number -> list.addValues(number(number)));
        return Value.newBuilder().setListValue(list).build();
    }

    private static Value number(double number) {
        return Value.newBuilder().setNumberValue(number).build();
    }

    private static Value text(String text) {
        return Value.newBuilder().setStringValue(text).build();
    }
}
