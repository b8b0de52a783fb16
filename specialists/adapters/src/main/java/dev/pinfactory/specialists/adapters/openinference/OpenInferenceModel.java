package dev.pinfactory.specialists.adapters.openinference;

import dev.pinfactory.proto.error.PinfactoryException;
import dev.pinfactory.specialists.adapters.server.AdaptedModel;
import dev.pinfactory.specialists.adapters.wire.ModelInferRequest;
import dev.pinfactory.specialists.adapters.wire.ModelInferResponse;
import dev.pinfactory.specialists.sdk.Inference;
import dev.pinfactory.specialists.sdk.InferenceResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.springframework.boot.ssl.SslBundle;

/** A model that a server runs, as a mapping describes it. Items of equal shapes go to the server in one call where the mapping says so. */
public final class OpenInferenceModel implements AdaptedModel {
    private final Mapping mapping;
    private final ModelServer server;
    private final InputTensors inputs;
    private final TensorWriter writer;
    private final OutputArtifacts outputs;

    /**
     * @param specialist for the log
     * @param tls the bundle that the mapping names
     */
    public OpenInferenceModel(Mapping mapping, String specialist, Optional<SslBundle> tls) {
        this.mapping = mapping;
        this.server = new ModelServer(mapping, specialist, tls);
        this.inputs = new InputTensors(mapping.inputs());
        this.writer = new TensorWriter(mapping.rawContents());
        this.outputs = new OutputArtifacts(mapping);
    }

    /** Whether server and model say that they are. */
    @Override
    public boolean ready() {
        return server.ready();
    }

    @Override
    public int maxBatchSize() {
        return Math.max(1, mapping.batch());
    }

    @Override
    public List<InferenceResult> infer(List<Inference> batch) {
        InferenceResult[] results = new InferenceResult[batch.size()];
        List<List<Tensor>> tensors = new ArrayList<>();
        Map<List<List<Long>>, List<Integer>> byShapes = new LinkedHashMap<>();
        for (int i = 0; i < batch.size(); i++) {
            try {
                List<Tensor> item = inputs.of(batch.get(i));
                tensors.add(item);
                byShapes.computeIfAbsent(item.stream().map(Tensor::shape).toList(), shapes -> new ArrayList<>())
                        .add(i);
            } catch (PinfactoryException e) {
                tensors.add(List.of());
                results[i] = failed(e);
            }
        }
        for (List<Integer> group : byShapes.values()) {
            List<Inference> items = group.stream().map(batch::get).toList();
            List<InferenceResult> answers =
                    ask(items, group.stream().map(tensors::get).toList());
            IntStream.range(0, group.size()).forEach(i -> results[group.get(i)] = answers.get(i));
        }
        return Arrays.asList(results);
    }

    @Override
    public void close() {
        server.close();
    }

    private List<InferenceResult> ask(List<Inference> items, List<List<Tensor>> tensors) {
        ModelInferRequest request = request(tensors);
        if (request.getSerializedSize() > mapping.maxMessage().toBytes()) {
            return items.size() > 1
                    ? halves(items, tensors)
                    : List.of(InferenceResult.inputInvalid("the inputs have " + request.getSerializedSize()
                            + " bytes as tensors, expected at most "
                            + mapping.maxMessage().toBytes()));
        }
        List<Tensor> answer;
        try {
            ModelInferResponse response =
                    server.infer(request, () -> items.stream().allMatch(Inference::cancelled), within(items));
            int stacked = mapping.batch() == 0 ? 0 : items.size();
            answer = mapping.outputs().stream()
                    .map(output -> TensorReader.read(response, output, stacked))
                    .toList();
        } catch (PinfactoryException e) {
            return items.stream().map(item -> failed(e)).toList();
        }
        return IntStream.range(0, items.size())
                .mapToObj(item -> result(answer, item))
                .toList();
    }

    /** As long as the most patient one of them waits. */
    private Duration within(List<Inference> items) {
        return items.stream()
                .map(item -> item.timeLeft(mapping.timeout()))
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }

    private List<InferenceResult> halves(List<Inference> items, List<List<Tensor>> tensors) {
        int middle = items.size() / 2;
        List<InferenceResult> results = new ArrayList<>(ask(items.subList(0, middle), tensors.subList(0, middle)));
        results.addAll(ask(items.subList(middle, items.size()), tensors.subList(middle, items.size())));
        return results;
    }

    private InferenceResult result(List<Tensor> answer, int item) {
        try {
            return outputs.of(answer, item);
        } catch (PinfactoryException e) {
            return failed(e);
        }
    }

    private ModelInferRequest request(List<List<Tensor>> items) {
        ModelInferRequest.Builder request =
                ModelInferRequest.newBuilder().setModelName(mapping.model()).setModelVersion(mapping.modelVersion());
        for (int i = 0; i < mapping.inputs().size(); i++) {
            int input = i;
            List<Tensor> tensors = items.stream().map(item -> item.get(input)).toList();
            writer.write(mapping.batch() == 0 ? tensors.getFirst() : Tensor.stack(tensors), request);
        }
        mapping.outputs().forEach(output -> request.addOutputsBuilder().setName(output.tensor()));
        return request.build();
    }

    private static InferenceResult failed(PinfactoryException e) {
        return new InferenceResult.Failed(e.code(), String.valueOf(e.getMessage()));
    }
}
