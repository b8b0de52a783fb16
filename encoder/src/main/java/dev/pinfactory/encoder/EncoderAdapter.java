package dev.pinfactory.encoder;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What training changed in the shared sentence encoder, as sums to some of its matrices: each is a product of two thin ones (LoRA, Hu et al. 2022), so
 * that a tuned encoder is some hundred KB beside the shared one. Immutable.
 *
 * @param encoder digest of the encoder that was tuned; the sums fit no other
 * @param sums by matrix, each matrix at most once
 */
public record EncoderAdapter(String encoder, List<Sum> sums) {
    private static final int FORMAT = 1;
    private static final int MOST_SUMS = 72;
    private static final int MOST_RANK = 64;
    private static final int MOST_SIDE = 4 * SentenceEncoder.DIMENSIONS;

    public EncoderAdapter {
        sums = List.copyOf(sums);
    }

    /**
     * What is added to one matrix: {@code down · up}.
     *
     * @param matrix such as {@code encoder.layer.7.attention.self.query}
     * @param down [inputs × rank], row by row; its length tells the rank
     * @param up [rank × outputs], row by row
     */
    public record Sum(String matrix, int rank, float[] down, float[] up) {
        public Sum {
            if (rank < 1 || down.length % rank != 0 || up.length % rank != 0) {
                throw new IllegalArgumentException(matrix + ": a rank of " + rank + " does not divide " + down.length
                        + " and " + up.length + " numbers");
            }
            down = down.clone();
            up = up.clone();
        }

        int inputs() {
            return down.length / rank;
        }

        int outputs() {
            return up.length / rank;
        }

        float[] dense() {
            float[] dense = new float[inputs() * outputs()];
            for (int input = 0; input < inputs(); input++) {
                for (int r = 0; r < rank; r++) {
                    float factor = down[input * rank + r];
                    for (int output = 0; output < outputs(); output++) {
                        dense[input * outputs() + output] += factor * up[r * outputs() + output];
                    }
                }
            }
            return dense;
        }
    }

    /** Numbers are kept in 16 bits. */
    public byte[] toBytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(FORMAT);
            out.writeUTF(encoder);
            out.writeByte(sums.size());
            for (Sum sum : sums) {
                out.writeUTF(sum.matrix());
                out.writeByte(sum.rank());
                out.writeShort(sum.inputs());
                out.writeShort(sum.outputs());
                write(sum.down(), out);
                write(sum.up(), out);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /**
     * Reads what {@link #toBytes} wrote.
     *
     * @throws IOException when it is something else
     */
    public static EncoderAdapter read(byte[] bytes) throws IOException {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            bounded("format", in.readUnsignedByte(), FORMAT);
            String encoder = in.readUTF();
            int count = bounded("number of matrices", in.readUnsignedByte(), MOST_SUMS);
            List<Sum> sums = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                String matrix = in.readUTF();
                int rank = bounded("rank", in.readUnsignedByte(), MOST_RANK);
                int inputs = bounded("number of inputs", in.readUnsignedShort(), MOST_SIDE);
                int outputs = bounded("number of outputs", in.readUnsignedShort(), MOST_SIDE);
                sums.add(new Sum(matrix, rank, read(inputs * rank, in), read(rank * outputs, in)));
            }
            return new EncoderAdapter(encoder, sums);
        }
    }

    private static int bounded(String what, int value, int most) throws IOException {
        if (value < 1 || value > most) {
            throw new IOException("an encoder adapter's " + what + " is " + value + ", expected 1 to " + most);
        }
        return value;
    }

    private static void write(float[] values, DataOutputStream out) throws IOException {
        for (float value : values) {
            out.writeShort(Float.floatToFloat16(value));
        }
    }

    private static float[] read(int count, DataInputStream in) throws IOException {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = Float.float16ToFloat(in.readShort());
        }
        return values;
    }
}
