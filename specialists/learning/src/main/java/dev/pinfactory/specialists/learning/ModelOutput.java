package dev.pinfactory.specialists.learning;

import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;

/** Writes the pieces of a model file. */
public final class ModelOutput {
    private final DataOutputStream data;

    ModelOutput(DataOutputStream data) {
        this.data = data;
    }

    /** A number from 0 up: seven bits a byte, low ones first. */
    public void count(int value) throws IOException {
        if (value < 0) {
            throw new IllegalArgumentException("count is " + value);
        }
        int rest = value;
        while (rest > 0x7f) {
            data.writeByte((rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        data.writeByte(rest);
    }

    public void number(double value) throws IOException {
        data.writeDouble(value);
    }

    public void number(float value) throws IOException {
        data.writeFloat(value);
    }

    public void word(String value) throws IOException {
        data.writeUTF(value);
    }

    public void words(List<String> values) throws IOException {
        count(values.size());
        for (String value : values) {
            word(value);
        }
    }

    public void signed(byte value) throws IOException {
        data.writeByte(value);
    }

    public void bytes(byte[] values) throws IOException {
        data.write(values);
    }
}
