package dev.pinfactory.router.models;

import dev.pinfactory.router.planner.sketch.EdgeFeatures;
import dev.pinfactory.router.planner.sketch.LinkScorer;
import dev.pinfactory.router.planner.sketch.Sketch.Use;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Judges links by small boosted trees over {@link EdgeFeatures}. Thread-safe. */
final class LinkModel implements LinkScorer {
    private static final int FORMAT = 0x504c4b01;

    private final BoostedTrees trees;

    LinkModel(BoostedTrees trees) {
        this.trees = trees;
    }

    /** Weights that training wrote. */
    static LinkModel read(byte[] bytes) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        int format = in.readInt();
        int features = in.readInt();
        if (format != FORMAT || features != EdgeFeatures.COUNT) {
            throw new IOException("link model has format " + Integer.toHexString(format) + " with " + features
                    + " features, expected " + Integer.toHexString(FORMAT) + " with " + EdgeFeatures.COUNT);
        }
        return new LinkModel(BoostedTrees.read(in));
    }

    void write(OutputStream stream) throws IOException {
        DataOutputStream out = new DataOutputStream(stream);
        out.writeInt(FORMAT);
        out.writeInt(EdgeFeatures.COUNT);
        trees.write(out);
        out.flush();
    }

    @Override
    public double logit(Use from, Use to, float[] features) {
        return trees.logit(features);
    }
}
