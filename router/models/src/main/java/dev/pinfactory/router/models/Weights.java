package dev.pinfactory.router.models;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Everything that was trained, as one file. */
record Weights(WordUse words, LanguageModel language, Rerankers rerankers, PlanConfidence confidence) {
    private static final int FORMAT = 0x50465202;

    void write(OutputStream stream) throws IOException {
        DataOutputStream out = new DataOutputStream(stream);
        out.writeInt(FORMAT);
        out.writeInt(Features.COUNT);
        words.write(out);
        language.write(out);
        rerankers.write(out);
        confidence.model().write(out);
        out.flush();
    }

    static Weights read(InputStream stream) throws IOException {
        DataInputStream in = new DataInputStream(stream);
        int format = in.readInt();
        int features = in.readInt();
        if (format != FORMAT || features != Features.COUNT) {
            throw new IOException("router weights have format " + Integer.toHexString(format) + " with " + features
                    + " features, expected " + Integer.toHexString(FORMAT) + " with " + Features.COUNT);
        }
        return new Weights(
                WordUse.read(in),
                LanguageModel.read(in),
                Rerankers.read(in),
                new PlanConfidence(LogisticRegression.read(in)));
    }
}
