package dev.pinfactory.router.models;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/** Matrices on disk as 16-bit floats: half the bytes, and three digits are more than what was learned. */
final class Halves {
    private static final int MOST = 50_000_000;

    private Halves() {}

    static void write(float[][] matrix, DataOutputStream out) throws IOException {
        out.writeInt(matrix.length);
        out.writeInt(matrix[0].length);
        for (float[] row : matrix) {
            for (float value : row) {
                out.writeShort(Float.floatToFloat16(value));
            }
        }
    }

    static float[][] read(DataInputStream in) throws IOException {
        int rows = in.readInt();
        int columns = in.readInt();
        if (rows < 0 || columns < 0 || (long) rows * columns > MOST) {
            throw new IOException("a matrix of " + rows + " by " + columns + " is larger than any router's");
        }
        float[][] matrix = new float[rows][columns];
        for (float[] row : matrix) {
            for (int i = 0; i < columns; i++) {
                row[i] = Float.float16ToFloat(in.readShort());
            }
        }
        return matrix;
    }
}
