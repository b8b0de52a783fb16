package dev.pinfactory.router.models;

import dev.pinfactory.encoder.EncoderAdapter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** What tuning makes, as one file: how the encoder changes, and how its states are read. */
record TunedEncoder(EncoderAdapter adapter, TokenScorer scorer) {
    static final String LINEAGE = "encoder-lineage.json";

    byte[] toBytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            byte[] sums = adapter.toBytes();
            out.writeInt(sums.length);
            out.write(sums);
            scorer.write(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** @throws IOException when the bytes are something else */
    static TunedEncoder read(byte[] bytes) throws IOException {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            int length = in.readInt();
            if (length < 0 || length > bytes.length) {
                throw new IOException("a tuned encoder's adapter has " + length + " bytes of " + bytes.length);
            }
            return new TunedEncoder(EncoderAdapter.read(in.readNBytes(length)), TokenScorer.read(in));
        }
    }
}
