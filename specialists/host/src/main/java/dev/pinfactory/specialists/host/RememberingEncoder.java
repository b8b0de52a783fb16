package dev.pinfactory.specialists.host;

import dev.pinfactory.encoder.EncodedText;
import dev.pinfactory.encoder.SentenceEncoder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Encodes a text once, although several steps of a task ask for it. Keeps the vectors of the texts that were asked for last. */
final class RememberingEncoder implements SentenceEncoder {
    /** Longer texts are not kept: the encoder reads only their beginning, and they would fill the memory. */
    private static final int LONGEST_REMEMBERED = 8_192;

    private final SentenceEncoder encoder;
    private final Map<String, float[]> vectors;

    RememberingEncoder(SentenceEncoder encoder, int capacity) {
        this.encoder = encoder;
        this.vectors = new LinkedHashMap<>(capacity, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, float[]> eldest) {
                return size() > capacity;
            }
        };
    }

    @Override
    public float[][] encode(List<String> texts) {
        Map<String, float[]> found = recall(texts);
        Set<String> unknown = new LinkedHashSet<>(texts);
        unknown.removeAll(found.keySet());
        if (!unknown.isEmpty()) {
            List<String> wanted = new ArrayList<>(unknown);
            float[][] fresh = encoder.encode(wanted);
            for (int i = 0; i < fresh.length; i++) {
                found.put(wanted.get(i), fresh[i]);
            }
            remember(wanted, fresh);
        }
        // Copies, because callers scale vectors in place.
        return texts.stream()
                .map(text -> Objects.requireNonNull(found.get(text)).clone())
                .toArray(float[][]::new);
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
    public void close() {
        encoder.close();
    }

    private Map<String, float[]> recall(List<String> texts) {
        Map<String, float[]> found = new LinkedHashMap<>();
        synchronized (vectors) {
            for (String text : texts) {
                float[] vector = vectors.get(text);
                if (vector != null) {
                    found.put(text, vector);
                }
            }
        }
        return found;
    }

    private void remember(List<String> texts, float[][] fresh) {
        synchronized (vectors) {
            for (int i = 0; i < fresh.length; i++) {
                if (texts.get(i).length() <= LONGEST_REMEMBERED) {
                    vectors.put(texts.get(i), fresh[i]);
                }
            }
        }
    }
}
