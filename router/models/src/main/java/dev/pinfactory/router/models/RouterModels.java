package dev.pinfactory.router.models;

import dev.pinfactory.encoder.SentenceEncoder;
import dev.pinfactory.proto.card.Contracts;
import dev.pinfactory.proto.digest.Digests;
import dev.pinfactory.router.planner.PlannerModels;
import dev.pinfactory.router.planner.ground.Grounder;
import dev.pinfactory.router.planner.ground.TextSimilarity;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The trained parts of the planner, read from one file, around the shared sentence encoder. Thread-safe. */
public final class RouterModels {
    private static final String RESOURCE = "router.bin";

    private final Weights weights;
    private final String digest;
    private final CardIndexes indexes;
    private final Grounder grounder;
    private final TextSimilarity similarity;

    private RouterModels(Weights weights, String digest, SentenceEncoder encoder) {
        this.weights = weights;
        this.digest = digest;
        this.indexes = new CardIndexes(encoder);
        SentenceEncoder remembering = new RememberingEncoder(encoder);
        this.grounder = new LearnedGrounder(remembering, weights.reranker(), indexes);
        this.similarity = new EncodedSimilarity(remembering);
    }

    /** The shipped weights. */
    public static RouterModels shipped(SentenceEncoder encoder) {
        try (InputStream in = RouterModels.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("the router's weights are not on the class path");
            }
            return read(in.readAllBytes(), encoder);
        } catch (IOException e) {
            throw new UncheckedIOException("the router's weights can't be read", e);
        }
    }

    /** Weights that {@link TrainRouter} wrote. */
    public static RouterModels read(byte[] bytes, SentenceEncoder encoder) throws IOException {
        return new RouterModels(Weights.read(new ByteArrayInputStream(bytes)), Digests.of(bytes), encoder);
    }

    /** Encodes the cards that are new, so that no request has to wait for it. */
    public void prepare(Contracts contracts) {
        indexes.prepare(contracts);
    }

    /** What the encoder planner stands on. */
    public PlannerModels plannerModels() {
        return new PlannerModels(grounder, similarity, weights.words(), weights.language(), weights.confidence());
    }

    /** Digest of the weights. */
    public String digest() {
        return digest;
    }
}
