package dev.pinfactory.router.models;

import dev.pinfactory.encoder.EncodedText;
import dev.pinfactory.encoder.SentenceEncoder;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps vectors in a file between training runs: encoding takes most of a run's time and never changes for the same model. */
final class VectorCache implements SentenceEncoder {
    private final SentenceEncoder encoder;
    private final Path file;
    private final Map<String, float[]> vectors = new ConcurrentHashMap<>();
    private int saved;

    VectorCache(SentenceEncoder encoder, Path file) {
        this.encoder = encoder;
        this.file = file;
        if (Files.exists(file)) {
            read();
        }
        this.saved = vectors.size();
    }

    private void read() {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 20))) {
            if (!in.readUTF().equals(encoder.digest())) {
                return;
            }
            while (true) {
                String text = in.readUTF();
                float[] vector = new float[DIMENSIONS];
                for (int i = 0; i < vector.length; i++) {
                    vector[i] = in.readFloat();
                }
                vectors.put(text, vector);
            }
        } catch (EOFException e) {
            // The end of the file.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public float[][] encode(List<String> texts) {
        return texts.stream()
                .map(text -> vectors.computeIfAbsent(text, encoder::encode))
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
        save();
    }

    /** Writes the file if there is anything new. */
    void save() {
        if (vectors.size() == saved) {
            return;
        }
        saved = vectors.size();
        try (DataOutputStream out =
                new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file), 1 << 20))) {
            out.writeUTF(encoder.digest());
            for (Map.Entry<String, float[]> entry : vectors.entrySet()) {
                out.writeUTF(entry.getKey());
                for (float value : entry.getValue()) {
                    out.writeFloat(value);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
