package dev.pinfactory.specialists.learning;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * A small model as bytes: eight bytes of magic, the kind, the format's version, and what the kind writes. The same model always has the same bytes,
 * hence the same digest.
 */
public final class ModelFile {
    private static final long MAGIC = 0x50494e4d4f44454cL; // "PINMODEL"

    private ModelFile() {}

    /** What a kind of model writes. */
    @FunctionalInterface
    public interface Content {
        void write(ModelOutput out) throws IOException;
    }

    /** How a kind of model is read. */
    @FunctionalInterface
    public interface Reader<M> {
        M read(ModelInput in) throws IOException;
    }

    public static byte[] write(String kind, int version, Content content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream data = new DataOutputStream(bytes)) {
            data.writeLong(MAGIC);
            data.writeUTF(kind);
            data.writeByte(version);
            content.write(new ModelOutput(data));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /**
     * Reads a whole model; the caller closes the stream.
     *
     * @throws IOException when it is no model, one of another kind or version, or damaged; the message says which
     */
    public static <M> M read(InputStream stream, String kind, int version, Reader<M> reader) throws IOException {
        DataInputStream data = new DataInputStream(stream);
        ModelInput in = new ModelInput(data);
        try {
            if (data.readLong() != MAGIC) {
                throw new IOException("no model file of Pinfactory");
            }
            String foundKind = data.readUTF();
            int foundVersion = data.readUnsignedByte();
            if (!foundKind.equals(kind) || foundVersion != version) {
                throw new IOException("model is '" + foundKind + "' version " + foundVersion + ", expected '" + kind
                        + "' version " + version);
            }
            M model = reader.read(in);
            if (data.read() != -1) {
                throw new IOException("model '" + kind + "' goes on after its end");
            }
            return model;
        } catch (IllegalArgumentException e) {
            throw new IOException("model '" + kind + "' is damaged: " + e.getMessage(), e);
        } catch (EOFException e) {
            throw new IOException("model '" + kind + "' is cut off", e);
        }
    }
}
