package dev.pinfactory.router.models;

import dev.pinfactory.encoder.SentenceEncoder;
import dev.pinfactory.proto.card.Contracts;
import dev.pinfactory.proto.digest.Digests;
import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.router.planner.PlannerModels;
import dev.pinfactory.router.planner.ground.Grounder;
import dev.pinfactory.router.planner.ground.Selector;
import dev.pinfactory.router.planner.ground.TextSimilarity;
import dev.pinfactory.router.planner.interpret.Interpretation;
import dev.pinfactory.router.planner.sketch.LinkScorer;
import dev.pinfactory.router.planner.sketch.Sketch.Use;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/** The trained parts of the planner, read from one file, around the shared sentence encoder. Thread-safe. */
public final class RouterModels {
    /** Says what the other files of a folder are; written last. */
    public static final String LINEAGE = "lineage.json";

    private final Weights weights;
    private final String digest;
    private final SentenceEncoder encoder;
    private final CardIndexes indexes;
    private final Grounder grounder;
    private final TextSimilarity similarity;
    private final SentenceEncoder remembering;
    private final Optional<FittedHeads> heads;
    private final LinkModel links;

    private RouterModels(
            Weights weights,
            Optional<FittedHeads> heads,
            LinkModel links,
            String digest,
            SentenceEncoder encoder,
            CardIndexes indexes) {
        this.weights = weights;
        this.heads = heads;
        this.links = links;
        this.digest = digest;
        this.encoder = encoder;
        this.indexes = indexes;
        this.remembering = new RememberingEncoder(encoder);
        this.grounder = new LearnedGrounder(remembering, weights.rerankers(), indexes);
        this.similarity = new EncodedSimilarity(remembering);
    }

    /** The shipped weights. */
    public static RouterModels shipped(SentenceEncoder encoder) {
        try {
            return of(RouterFiles.shipped(), encoder);
        } catch (IOException e) {
            throw new UncheckedIOException("the router's weights can't be read", e);
        }
    }

    /**
     * A router that training or fitting wrote: {@code router.bin}, {@code encoder.bin}, {@code links.bin} and, if it is fitted, {@code heads.bin}. What is not there is taken
     * from the shipped one, but no {@code encoder.bin} for a {@code router.bin} of its own.
     *
     * @throws IOException when a file can't be read, has another format, or is not the one that {@code lineage.json} tells of
     */
    public static RouterModels read(Path folder, SentenceEncoder encoder) throws IOException {
        return of(RouterFiles.of(folder), encoder);
    }

    static RouterModels of(RouterFiles files, SentenceEncoder encoder) throws IOException {
        Optional<FittedHeads> fitted = files.heads().isEmpty()
                ? Optional.empty()
                : Optional.of(
                        FittedHeads.read(new ByteArrayInputStream(files.heads().get())));
        Optional<TokenReader> reader = files.encoder().isEmpty()
                ? Optional.empty()
                : Optional.of(TokenReaders.of(files.encoder().get()));
        return new RouterModels(
                Weights.read(new ByteArrayInputStream(files.weights())),
                fitted,
                LinkModel.read(files.links()),
                files.digest(),
                encoder,
                new CardIndexes(encoder, reader));
    }

    /** The same weights with heads that were just fitted. */
    RouterModels with(FittedHeads fitted) {
        return new RouterModels(
                weights,
                Optional.of(fitted),
                links,
                digest,
                remembering,
                new CardIndexes(remembering, indexes.reader()));
    }

    /** The same with a memory of its own: it knows the cards that these know, and what is planned with it pushes nothing out of theirs. */
    public RouterModels forTrial() {
        return new RouterModels(weights, heads, links, digest, encoder, indexes.forTrial());
    }

    /**
     * Who comes nearest to a card, nearest first; never the one of its own id.
     *
     * @param atMost how many
     */
    public List<SimilarCard> nearest(Contract card, Contracts contracts, int atMost) {
        CardVectors own = indexes.vectors(card, Digests.of(card));
        return contracts.all().stream()
                .filter(other -> !other.getId().equals(card.getId()))
                .map(other -> SimilarCard.of(
                        card,
                        own,
                        other,
                        indexes.vectors(other, contracts.digestOf(other.getId()).orElseThrow())))
                .sorted(Comparator.comparingDouble(SimilarCard::similarity)
                        .reversed()
                        .thenComparing(similar -> similar.contract().getId()))
                .limit(atMost)
                .toList();
    }

    /** Encodes the cards that are new, so that no request has to wait for it. Stops between two cards when the thread is interrupted. */
    public void prepare(Contracts contracts) {
        indexes.prepare(contracts);
    }

    /** What the encoder planner stands on. */
    public PlannerModels plannerModels() {
        return new PlannerModels(
                grounder,
                similarity,
                weights.words(),
                weights.language(),
                heads.map(FittedHeads::confidence).orElse(weights.confidence()),
                heads.map(this::byExamples).orElse(Selector.BY_SCORES));
    }

    /** What the encoder planner would stand on with less of what was trained, from nothing of it to all, each with one part more than the one before. */
    public SequencedMap<String, PlannerModels> ablation() {
        CardIndexes untuned = new CardIndexes(remembering);
        SequencedMap<String, PlannerModels> parts = new LinkedHashMap<>();
        parts.put("nearest card of each clause", alone(new BestOfEachClause(remembering, untuned, false)));
        parts.put("+ spelling", alone(new BestOfEachClause(remembering, untuned, true)));
        parts.put(
                "linear re-ranker",
                alone(new LearnedGrounder(remembering, weights.rerankers().linearAlone(), untuned)));
        parts.put("+ boosted trees", alone(new LearnedGrounder(remembering, weights.rerankers(), untuned)));
        if (indexes.reader().isPresent()) {
            parts.put("+ tuned encoder", alone(grounder));
        }
        if (heads.isPresent()) {
            parts.put("+ fitted heads", plannerModels());
        }
        return parts;
    }

    private PlannerModels alone(Grounder other) {
        return new PlannerModels(
                other, similarity, weights.words(), weights.language(), weights.confidence(), Selector.BY_SCORES);
    }

    private Selector byExamples(FittedHeads fitted) {
        return (read, grounding, contracts) -> fitted.select(read, grounding, vector(read));
    }

    /** The direction of a request's meaning: of what it asks for, clause by clause. */
    float[] vector(Interpretation read) {
        List<String> wanted = read.clauses().stream()
                .filter(clause -> !clause.negated())
                .map(read::asked)
                .filter(text -> !text.isBlank())
                .toList();
        List<String> texts =
                wanted.isEmpty() ? List.of(read.instruction().isBlank() ? "." : read.instruction()) : wanted;
        return Query.of(read.instruction(), texts, remembering.encodeTogether(texts))
                .whole();
    }

    /** Who feeds whom. */
    public LinkScorer links() {
        return heads.flatMap(fitted -> fitted.links().map(byHistory -> linksByExample(fitted, byHistory)))
                .orElse(links);
    }

    private LinkScorer linksByExample(FittedHeads fitted, FittedLinks byHistory) {
        return new LinkScorer() {
            @Override
            public double logit(Use from, Use to, float[] features) {
                return links.logit(from, to, features);
            }

            @Override
            public LinkScorer of(Interpretation read) {
                return byHistory.scorer(fitted.places(), fitted.similarities(read.instruction(), vector(read)));
            }
        };
    }

    /** Digest of the weights. */
    public String digest() {
        return digest;
    }
}
