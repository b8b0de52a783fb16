package dev.pinfactory.router.models;

import dev.pinfactory.encoder.EncodedText;
import dev.pinfactory.encoder.SentenceEncoder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Remembers the vectors of recent texts: input names, schema properties and common clauses come again and again. */
final class RememberingEncoder implements SentenceEncoder {
    private static final int MAX_TEXTS = 4_096;
    private static final int LONGEST = 1_000;

    private static final int MAX_CALLS = 512;

    /** So many texts are soon encoded each on its own, and keep vectors that depend on nothing else. */
    private static final int FEW = 3;

    private final SentenceEncoder encoder;
    private final Map<String, float[]> recent = bounded(MAX_TEXTS);

    /** By all texts of the call, for a vector depends on them all. */
    private final Map<List<String>, float[][]> together = bounded(MAX_CALLS);

    RememberingEncoder(SentenceEncoder encoder) {
        this.encoder = encoder;
    }

    @Override
    public float[][] encode(List<String> texts) {
        float[][] vectors = new float[texts.size()][];
        for (int i = 0; i < vectors.length; i++) {
            vectors[i] = encodeOne(texts.get(i));
        }
        return vectors;
    }

    private float[] encodeOne(String text) {
        synchronized (recent) {
            float[] known = recent.get(text);
            if (known != null) {
                return known;
            }
        }
        float[] vector = encoder.encode(text);
        if (text.length() <= LONGEST) {
            synchronized (recent) {
                recent.put(text, vector);
            }
        }
        return vector;
    }

    @Override
    public float[][] encodeTogether(List<String> texts) {
        if (texts.size() <= FEW) {
            return encode(texts);
        }
        List<String> call = List.copyOf(texts);
        synchronized (together) {
            float[][] known = together.get(call);
            if (known != null) {
                return known;
            }
        }
        float[][] vectors = encoder.encodeTogether(call);
        if (call.stream().mapToInt(String::length).sum() <= LONGEST) {
            synchronized (together) {
                together.put(call, vectors);
            }
        }
        return vectors;
    }

    private static <K, V> Map<K, V> bounded(int max) {
        return new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > max;
            }
        };
    }

    @Override
    public EncodedText encodeTokens(String text) {
        return encoder.encodeTokens(text);
    }

    @Override
    public String digest() {
        return encoder.digest();
    }

    @Override
    public void close() {}
}
