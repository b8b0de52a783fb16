package dev.pinfactory.specialists.learning;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads the pieces of a model file. A model comes from elsewhere: every count has a limit before anything is allocated for it. */
public final class ModelInput {
    private final DataInputStream data;

    ModelInput(DataInputStream data) {
        this.data = data;
    }

    public int count(int max) throws IOException {
        long value = 0;
        for (int shift = 0; shift < 35; shift += 7) {
            int next = data.readUnsignedByte();
            value |= (long) (next & 0x7f) << shift;
            if ((next & 0x80) == 0) {
                if (value > max) {
                    throw new IOException("model has a count of " + value + ", at most " + max + " is possible");
                }
                return (int) value;
            }
        }
        throw new IOException("model has a count without end");
    }

    public double number() throws IOException {
        double value = data.readDouble();
        if (!Double.isFinite(value)) {
            throw new IOException("model has a number that is not finite");
        }
        return value;
    }

    public float smallNumber() throws IOException {
        float value = data.readFloat();
        if (!Float.isFinite(value)) {
            throw new IOException("model has a number that is not finite");
        }
        return value;
    }

    public String word() throws IOException {
        return data.readUTF();
    }

    public List<String> words(int max) throws IOException {
        int size = count(max);
        List<String> words = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            words.add(word());
        }
        return List.copyOf(words);
    }

    public byte signed() throws IOException {
        return data.readByte();
    }

    public byte[] bytes(int length) throws IOException {
        byte[] bytes = data.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException();
        }
        return bytes;
    }
}
