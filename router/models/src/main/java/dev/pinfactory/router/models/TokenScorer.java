package dev.pinfactory.router.models;

import dev.pinfactory.encoder.SentenceEncoder;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;

/**
 * How much a request asks for a card, piece by piece: the pieces that mean the card's work count most, wherever they stand. The encoder that gives the states and the
 * cards' vectors was trained together with these numbers. Immutable.
 *
 * @param pieces [size × size], turns a piece's state into the space of cards
 * @param whole [size × size], the same for the vector of the request
 * @param ofPieces weight of the pieces' similarity
 * @param ofWhole weight of the whole's
 * @param bias of the logit
 */
record TokenScorer(float[][] pieces, float[][] whole, float ofPieces, float ofWhole, float bias) {
    /** How much the best piece counts more than the others. */
    static final float TEMPERATURE = 0.05f;

    private static final int SIZE = SentenceEncoder.DIMENSIONS;

    /** A state of the request in the space of cards, as a direction. */
    private static float[] turned(float[] state, float[][] matrix) {
        float[] turned = new float[SIZE];
        for (int row = 0; row < SIZE; row++) {
            add(turned, state[row], matrix[row]);
        }
        float length = (float) Math.sqrt(Features.dot(turned, turned) + 1e-9);
        for (int i = 0; i < SIZE; i++) {
            turned[i] /= length;
        }
        return turned;
    }

    /** Both arrays are read at the same place, so that the compiler can use vector instructions. */
    private static void add(float[] sums, float factor, float[] values) {
        for (int i = 0; i < values.length; i++) {
            sums[i] += factor * values[i];
        }
    }

    float[] piece(float[] state) {
        return turned(state, pieces);
    }

    float[] whole(float[] vector) {
        return turned(vector, whole);
    }

    /**
     * Logit of the probability that a request needs a card.
     *
     * @param similarities of the card with the pieces that are asked about
     * @param whole its similarity with the request
     */
    double logit(float[] similarities, float whole) {
        double weights = 0;
        double sum = 0;
        for (float similarity : similarities) {
            double weight = weight(similarity);
            weights += weight;
            sum += weight * similarity;
        }
        double best = weights == 0 ? 0 : sum / weights;
        return ofPieces * best + ofWhole * whole + bias;
    }

    /** How much a piece of this similarity counts beside the others. */
    static double weight(float similarity) {
        return Math.exp((similarity - 1) / TEMPERATURE);
    }

    void write(DataOutputStream out) throws IOException {
        for (float[][] matrix : List.of(pieces, whole)) {
            for (float[] row : matrix) {
                for (float value : row) {
                    out.writeShort(Float.floatToFloat16(value));
                }
            }
        }
        out.writeFloat(ofPieces);
        out.writeFloat(ofWhole);
        out.writeFloat(bias);
    }

    static TokenScorer read(DataInputStream in) throws IOException {
        return new TokenScorer(matrix(in), matrix(in), in.readFloat(), in.readFloat(), in.readFloat());
    }

    private static float[][] matrix(DataInputStream in) throws IOException {
        float[][] matrix = new float[SIZE][SIZE];
        for (float[] row : matrix) {
            for (int i = 0; i < SIZE; i++) {
                row[i] = Float.float16ToFloat(in.readShort());
            }
        }
        return matrix;
    }
}
