package dev.pinfactory.router.models;

import dev.pinfactory.encoder.SentenceEncoder;
import dev.pinfactory.proto.card.Contracts;
import dev.pinfactory.router.planner.ground.Grounder;
import dev.pinfactory.router.planner.ground.Grounding;
import dev.pinfactory.router.planner.interpret.Interpretation;

/**
 * Grounds by similarity of meaning and spelling, re-ranked by a model that was trained on other catalogues, and, if there is one, by what an encoder that was tuned
 * for it reads in the words.
 */
final class LearnedGrounder implements Grounder {
    private final SentenceEncoder encoder;
    private final Rerankers rerankers;
    private final CardIndexes indexes;

    /** @param indexes with the reader of words, if there is one */
    LearnedGrounder(SentenceEncoder encoder, Rerankers rerankers, CardIndexes indexes) {
        this.encoder = encoder;
        this.rerankers = rerankers;
        this.indexes = indexes;
    }

    @Override
    public Grounding ground(Interpretation interpretation, Contracts contracts) {
        return forOneInstruction().ground(interpretation, contracts);
    }

    @Override
    public Grounder forOneInstruction() {
        return new InstructionGrounder(encoder, rerankers, indexes);
    }
}
