package dev.pinfactory.router.models;

import dev.pinfactory.router.planner.interpret.Words;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Similarities of a request to the labelled examples: in words, in spelling, in meaning. Immutable. */
final class ExampleIndex {
    /** How fast similarity of meaning falls off: exp(-3 (1 - cos)). */
    private static final double SHARPNESS = 3;

    private static final int LONGEST = 1 << 20;

    private final List<String> texts;
    private final float[][] given;
    private final SparseIndex words;
    private final SparseIndex characters;
    private final float[][] vectors;
    private final float[] mean;

    /**
     * @param texts of the examples
     * @param vectors of the examples, not centred
     */
    ExampleIndex(List<String> texts, float[][] vectors) {
        this.texts = List.copyOf(texts);
        this.given = vectors;
        this.words = new SparseIndex(texts, ExampleIndex::wordsAndPairs);
        this.characters = new SparseIndex(texts, Terms::characterNgrams);
        this.mean = new float[vectors[0].length];
        for (float[] vector : vectors) {
            for (int i = 0; i < mean.length; i++) {
                mean[i] += vector[i] / vectors.length;
            }
        }
        this.vectors = new float[vectors.length][];
        for (int i = 0; i < vectors.length; i++) {
            this.vectors[i] = centred(vectors[i]);
        }
    }

    /** Similarities to all examples, each 0..1. */
    record Similarities(float[] words, float[] characters, float[] meaning) {
        float[] sum() {
            float[] sum = new float[words.length];
            for (int i = 0; i < sum.length; i++) {
                sum[i] = words[i] + characters[i] + meaning[i];
            }
            return sum;
        }
    }

    Similarities to(String text, float[] vector) {
        float[] direction = centred(vector);
        float[] meaning = new float[vectors.length];
        for (int i = 0; i < meaning.length; i++) {
            meaning[i] = (float) Math.exp(SHARPNESS * (Features.dot(direction, vectors[i]) - 1));
        }
        return new Similarities(words.similarities(text), characters.similarities(text), meaning);
    }

    int size() {
        return vectors.length;
    }

    void write(DataOutputStream out) throws IOException {
        for (String text : texts) {
            out.writeBoolean(true);
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            out.writeInt(bytes.length);
            out.write(bytes);
        }
        out.writeBoolean(false);
        Halves.write(given, out);
    }

    static ExampleIndex read(DataInputStream in) throws IOException {
        List<String> texts = new ArrayList<>();
        while (in.readBoolean()) {
            int length = in.readInt();
            if (length < 0 || length > LONGEST) {
                throw new IOException("an example of " + length + " bytes is longer than any instruction");
            }
            texts.add(new String(in.readNBytes(length), StandardCharsets.UTF_8));
        }
        float[][] vectors = Halves.read(in);
        if (vectors.length != texts.size()) {
            throw new IOException(texts.size() + " examples with " + vectors.length + " vectors");
        }
        return new ExampleIndex(texts, vectors);
    }

    private float[] centred(float[] vector) {
        float[] centred = new float[vector.length];
        double squares = 0;
        for (int i = 0; i < centred.length; i++) {
            centred[i] = vector[i] - mean[i];
            squares += centred[i] * (double) centred[i];
        }
        float length = (float) Math.max(1e-9, Math.sqrt(squares));
        for (int i = 0; i < centred.length; i++) {
            centred[i] /= length;
        }
        return centred;
    }

    private static List<String> wordsAndPairs(String text) {
        List<String> split = Words.split(text).stream().map(Words::stem).toList();
        List<String> terms = new ArrayList<>(split);
        for (int i = 0; i + 1 < split.size(); i++) {
            terms.add(split.get(i) + " " + split.get(i + 1));
        }
        return terms;
    }
}
