package dev.pinfactory.router.models;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import dev.pinfactory.encoder.EncoderAdapter;
import dev.pinfactory.encoder.QuantisedModel;
import dev.pinfactory.encoder.SentenceEncoder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * The sentence encoder's upper layers as they are trained: its matrices as they are in the shipped file, and beside each a thin product that is learned
 * (LoRA, Hu et al. 2022). Not safe for concurrent use.
 */
final class UpperLayers {
    private static final int LAYERS = 12;
    private static final int HEADS = 12;
    private static final int SIZE = SentenceEncoder.DIMENSIONS;
    private static final float EPSILON = 1e-12f;
    private static final float MASKED = -10_000;

    private final int from;
    private final int rank;
    private final Map<String, NDArray> frozen = new LinkedHashMap<>();
    private final Map<String, NDArray> down = new LinkedHashMap<>();
    private final Map<String, NDArray> up = new LinkedHashMap<>();

    /** @param from the first layer that is learned, counted from 0 */
    UpperLayers(QuantisedModel model, int from, int rank, NDManager manager, Random random) {
        this.from = from;
        this.rank = rank;
        for (int layer = from; layer < LAYERS; layer++) {
            for (String matrix : matrices(layer)) {
                int inputs = model.shape(matrix)[0];
                int outputs = model.shape(matrix)[1];
                frozen.put(matrix, manager.create(model.matrix(matrix), new Shape(inputs, outputs)));
                frozen.put(matrix + ".bias", manager.create(model.vector(matrix + ".bias")));
                float[] start = new float[inputs * rank];
                for (int i = 0; i < start.length; i++) {
                    start[i] = (float) (random.nextGaussian() / Math.sqrt(inputs));
                }
                down.put(matrix, manager.create(start, new Shape(inputs, rank)));
                up.put(matrix, manager.zeros(new Shape(rank, outputs)));
            }
            for (String norm : List.of(normOfAttention(layer), normOfOutput(layer))) {
                frozen.put(norm + ".weight", manager.create(model.vector(norm + ".weight")));
                frozen.put(norm + ".bias", manager.create(model.vector(norm + ".bias")));
            }
        }
    }

    private static String layer(int layer) {
        return "encoder.layer." + layer + ".";
    }

    private static String normOfAttention(int layer) {
        return layer(layer) + "attention.output.LayerNorm";
    }

    private static String normOfOutput(int layer) {
        return layer(layer) + "output.LayerNorm";
    }

    private static List<String> matrices(int layer) {
        return List.of(
                layer(layer) + "attention.self.query",
                layer(layer) + "attention.self.key",
                layer(layer) + "attention.self.value",
                layer(layer) + "attention.output.dense",
                layer(layer) + "intermediate.dense",
                layer(layer) + "output.dense");
    }

    /** What is learned. */
    List<NDArray> learned() {
        List<NDArray> learned = new ArrayList<>(down.values());
        learned.addAll(up.values());
        return learned;
    }

    /**
     * The states of the last layer.
     *
     * @param states [texts × pieces × size], of the layer below
     * @param mask [texts × pieces], 1 for a piece and 0 beyond the text's end
     */
    NDArray forward(NDArray states, NDArray mask) {
        long texts = mask.getShape().get(0);
        long pieces = mask.getShape().get(1);
        NDArray beyond = mask.sub(1).mul(-MASKED).reshape(texts, 1, 1, pieces);
        NDArray x = states;
        for (int layer = from; layer < LAYERS; layer++) {
            x = layer(layer, x, beyond);
        }
        return x;
    }

    private NDArray layer(int layer, NDArray x, NDArray beyond) {
        String attention = layer(layer) + "attention.";
        long texts = x.getShape().get(0);
        long pieces = x.getShape().get(1);
        NDArray query = heads(multiply(x, attention + "self.query"), texts, pieces);
        NDArray key = heads(multiply(x, attention + "self.key"), texts, pieces);
        NDArray value = heads(multiply(x, attention + "self.value"), texts, pieces);
        NDArray weights = query.matMul(key.transpose(0, 1, 3, 2))
                .div((float) Math.sqrt(SIZE / (double) HEADS))
                .add(beyond)
                .softmax(-1);
        NDArray context = weights.matMul(value).transpose(0, 2, 1, 3).reshape(texts, pieces, SIZE);
        NDArray attended = norm(x.add(multiply(context, attention + "output.dense")), normOfAttention(layer));
        NDArray inner = multiply(attended, layer(layer) + "intermediate.dense");
        NDArray activated = inner.getNDArrayInternal().gelu();
        return norm(attended.add(multiply(activated, layer(layer) + "output.dense")), normOfOutput(layer));
    }

    private static NDArray heads(NDArray x, long texts, long pieces) {
        return x.reshape(texts, pieces, HEADS, SIZE / HEADS).transpose(0, 2, 1, 3);
    }

    private NDArray multiply(NDArray x, String matrix) {
        return x.matMul(get(frozen, matrix))
                .add(get(frozen, matrix + ".bias"))
                .add(x.matMul(get(down, matrix)).matMul(get(up, matrix)));
    }

    private NDArray norm(NDArray x, String name) {
        return x.getNDArrayInternal()
                .layerNorm(x, new Shape(SIZE), get(frozen, name + ".weight"), get(frozen, name + ".bias"), EPSILON)
                .head();
    }

    private static NDArray get(Map<String, NDArray> arrays, String name) {
        NDArray array = arrays.get(name);
        if (array == null) {
            throw new IllegalStateException("no array " + name);
        }
        return array;
    }

    /** The vector of each text: the state of its first piece. */
    static NDArray first(NDArray states) {
        return states.get(new NDIndex(":,0"));
    }

    /** What was learned, for the encoder with this digest. */
    EncoderAdapter adapter(String digest) {
        List<EncoderAdapter.Sum> sums = new ArrayList<>();
        down.forEach((matrix, array) -> sums.add(new EncoderAdapter.Sum(
                matrix, rank, array.toFloatArray(), get(up, matrix).toFloatArray())));
        return new EncoderAdapter(digest, sums);
    }
}
