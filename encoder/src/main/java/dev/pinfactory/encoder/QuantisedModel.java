package dev.pinfactory.encoder;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The weights inside the encoder's ONNX file. Its matrices are 8-bit integers with a scale for each output and without zero points; so they can be read, and changed in
 * place without changing the file's structure. Field numbers are those of ONNX's {@code onnx.proto}.
 */
public final class QuantisedModel {
    private static final int MODEL_GRAPH = 7;
    private static final int GRAPH_NODE = 1;
    private static final int GRAPH_INITIALIZER = 5;
    private static final int GRAPH_OUTPUT = 12;
    private static final int VALUE_NAME = 1;
    private static final int NODE_INPUT = 1;
    private static final int NODE_NAME = 3;
    private static final int NODE_OPERATOR = 4;
    private static final int TENSOR_DIMENSIONS = 1;
    private static final int TENSOR_FLOATS = 4;
    private static final int TENSOR_NAME = 8;
    private static final int TENSOR_RAW = 9;

    private static final String MULTIPLY = "MatMulInteger";
    private static final String MULTIPLY_SUFFIX = "/MatMul_quant";
    private static final String WEIGHTS_SUFFIX = "_quantized";
    private static final String SCALE_SUFFIX = "_scale";
    private static final int LARGEST = 127;

    /** Where a tensor's numbers lie in the file. */
    private record Tensor(List<Integer> shape, int offset, int length) {}

    /** Where a matrix lies: [rows × columns] bytes, and a scale for each column. */
    private record Place(int rows, int columns, int weights, int scales) {}

    private final byte[] file;
    private final Map<String, Tensor> tensors = new HashMap<>();
    private final Map<String, Place> matrices = new HashMap<>();

    private QuantisedModel(byte[] file) throws IOException {
        this.file = file;
        Map<String, String> multiplied = new HashMap<>();
        CodedInputStream in = CodedInputStream.newInstance(file);
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (WireFormat.getTagFieldNumber(tag) == MODEL_GRAPH) {
                int outer = in.pushLimit(in.readRawVarint32());
                graph(in, multiplied);
                in.popLimit(outer);
            } else {
                in.skipField(tag);
            }
        }
        multiplied.forEach((node, weights) -> matrices.put(matrixOf(node), place(node, weights)));
    }

    /** The encoder that ships. */
    public static QuantisedModel shipped() {
        return of(ModelFiles.onClassPath().model());
    }

    static QuantisedModel of(byte[] file) {
        try {
            return new QuantisedModel(file);
        } catch (IOException e) {
            throw new UncheckedIOException("the sentence encoder's file is no ONNX model", e);
        }
    }

    /** What can be changed, such as {@code encoder.layer.7.attention.self.query}. */
    public Set<String> matrices() {
        return new TreeSet<>(matrices.keySet());
    }

    /** A matrix, row by row: a row for each input. */
    public float[] matrix(String name) {
        Place place = known(name);
        float[] values = new float[place.rows() * place.columns()];
        ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < values.length; i++) {
            values[i] = file[place.weights() + i] * bytes.getFloat(place.scales() + 4 * (i % place.columns()));
        }
        return values;
    }

    /** Rows and columns of a matrix: its inputs and outputs. */
    public int[] shape(String name) {
        Place place = known(name);
        return new int[] {place.rows(), place.columns()};
    }

    /** Numbers that were not quantised, such as {@code encoder.layer.7.output.LayerNorm.weight}. */
    public float[] vector(String name) {
        Tensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new IllegalArgumentException("the sentence encoder has no " + name);
        }
        float[] values = new float[tensor.length() / Float.BYTES];
        ByteBuffer.wrap(file, tensor.offset(), tensor.length())
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer()
                .get(values);
        return values;
    }

    /**
     * The file with an adapter's sums in its matrices, quantised anew.
     *
     * @throws IllegalArgumentException when the adapter is for matrices that are not there, or of another shape
     */
    byte[] with(EncoderAdapter adapter) {
        byte[] changed = file.clone();
        for (EncoderAdapter.Sum sum : adapter.sums()) {
            Place place = known(sum.matrix());
            if (sum.inputs() != place.rows() || sum.outputs() != place.columns()) {
                throw new IllegalArgumentException("%s is a matrix of %d × %d, the adapter's of %d × %d"
                        .formatted(sum.matrix(), place.rows(), place.columns(), sum.inputs(), sum.outputs()));
            }
            float[] values = matrix(sum.matrix());
            float[] more = sum.dense();
            for (int i = 0; i < values.length; i++) {
                values[i] += more[i];
            }
            quantise(values, place, changed);
        }
        return changed;
    }

    /**
     * The file with one more output. A message of Protocol Buffers that follows another is merged into it, so the file is only added to.
     *
     * @param tensor something that is computed on the way
     */
    static byte[] withOutput(byte[] file, String tensor) {
        byte[] name = tensor.getBytes(StandardCharsets.UTF_8);
        int value = CodedOutputStream.computeByteArraySize(VALUE_NAME, name);
        int graph = CodedOutputStream.computeTagSize(GRAPH_OUTPUT)
                + CodedOutputStream.computeUInt32SizeNoTag(value)
                + value;
        byte[] more = new byte
                [CodedOutputStream.computeTagSize(MODEL_GRAPH)
                        + CodedOutputStream.computeUInt32SizeNoTag(graph)
                        + graph];
        try {
            CodedOutputStream out = CodedOutputStream.newInstance(more);
            out.writeTag(MODEL_GRAPH, WireFormat.WIRETYPE_LENGTH_DELIMITED);
            out.writeUInt32NoTag(graph);
            out.writeTag(GRAPH_OUTPUT, WireFormat.WIRETYPE_LENGTH_DELIMITED);
            out.writeUInt32NoTag(value);
            out.writeByteArray(VALUE_NAME, name);
            out.checkNoSpaceLeft();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        byte[] both = Arrays.copyOf(file, file.length + more.length);
        System.arraycopy(more, 0, both, file.length, more.length);
        return both;
    }

    private static void quantise(float[] values, Place place, byte[] into) {
        ByteBuffer bytes = ByteBuffer.wrap(into).order(ByteOrder.LITTLE_ENDIAN);
        for (int column = 0; column < place.columns(); column++) {
            float largest = 0;
            for (int at = column; at < values.length; at += place.columns()) {
                largest = Math.max(largest, Math.abs(values[at]));
            }
            float scale = largest == 0 ? 1 : largest / LARGEST;
            for (int at = column; at < values.length; at += place.columns()) {
                into[place.weights() + at] = (byte) Math.round(values[at] / scale);
            }
            bytes.putFloat(place.scales() + 4 * column, scale);
        }
    }

    private Place known(String name) {
        Place place = matrices.get(name);
        if (place == null) {
            throw new IllegalArgumentException("the sentence encoder has no matrix " + name);
        }
        return place;
    }

    private Place place(String node, String name) {
        Tensor weights = tensors.get(name);
        Tensor scales = tensors.get(name.replace(WEIGHTS_SUFFIX, SCALE_SUFFIX));
        if (weights == null
                || scales == null
                || weights.shape().size() != 2
                || weights.length() != weights.shape().get(0) * weights.shape().get(1)
                || scales.length() != Float.BYTES * weights.shape().get(1)) {
            throw new IllegalArgumentException("the weights of " + node + " are not quantised as expected");
        }
        return new Place(weights.shape().get(0), weights.shape().get(1), weights.offset(), scales.offset());
    }

    /** {@code /encoder/layer.7/output/dense/MatMul_quant} is the matrix {@code encoder.layer.7.output.dense}. */
    private static String matrixOf(String node) {
        return node.substring(1, node.length() - MULTIPLY_SUFFIX.length()).replace('/', '.');
    }

    private void graph(CodedInputStream in, Map<String, String> multiplied) throws IOException {
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            int field = WireFormat.getTagFieldNumber(tag);
            if (field != GRAPH_NODE && field != GRAPH_INITIALIZER) {
                in.skipField(tag);
                continue;
            }
            int outer = in.pushLimit(in.readRawVarint32());
            if (field == GRAPH_NODE) {
                node(in, multiplied);
            } else {
                initializer(in);
            }
            in.popLimit(outer);
        }
    }

    private static void node(CodedInputStream in, Map<String, String> multiplied) throws IOException {
        List<String> inputs = new ArrayList<>();
        String name = "";
        String operator = "";
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (WireFormat.getTagFieldNumber(tag)) {
                case NODE_INPUT -> inputs.add(in.readString());
                case NODE_NAME -> name = in.readString();
                case NODE_OPERATOR -> operator = in.readString();
                default -> in.skipField(tag);
            }
        }
        if (operator.equals(MULTIPLY) && name.endsWith(MULTIPLY_SUFFIX)) {
            multiplied.put(name, inputs.get(1));
        }
    }

    private void initializer(CodedInputStream in) throws IOException {
        List<Integer> shape = new ArrayList<>();
        String name = "";
        int offset = 0;
        int length = 0;
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            boolean packed = WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_LENGTH_DELIMITED;
            switch (WireFormat.getTagFieldNumber(tag)) {
                case TENSOR_DIMENSIONS -> shape.addAll(dimensions(in, packed));
                case TENSOR_NAME -> name = in.readString();
                case TENSOR_RAW, TENSOR_FLOATS -> {
                    length = in.readRawVarint32();
                    offset = in.getTotalBytesRead();
                    in.skipRawBytes(length);
                }
                default -> in.skipField(tag);
            }
        }
        tensors.put(name, new Tensor(List.copyOf(shape), offset, length));
    }

    private static List<Integer> dimensions(CodedInputStream in, boolean packed) throws IOException {
        if (!packed) {
            return List.of(Math.toIntExact(in.readInt64()));
        }
        List<Integer> dimensions = new ArrayList<>();
        int outer = in.pushLimit(in.readRawVarint32());
        while (in.getBytesUntilLimit() > 0) {
            dimensions.add(Math.toIntExact(in.readInt64()));
        }
        in.popLimit(outer);
        return dimensions;
    }
}
