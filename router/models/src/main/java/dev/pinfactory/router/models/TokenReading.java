package dev.pinfactory.router.models;

import dev.pinfactory.router.planner.interpret.Clause;
import java.util.BitSet;
import java.util.List;

/**
 * An instruction as the tuned encoder reads it. Immutable.
 *
 * @param scorer that turned its states into directions among cards
 * @param starts the pieces' first chars in the instruction
 * @param pieces the direction of each piece
 * @param whole the direction of the instruction
 */
record TokenReading(TokenScorer scorer, int[] starts, float[][] pieces, float[] whole) {
    /** The pieces of a clause. */
    BitSet of(Clause clause) {
        BitSet within = new BitSet(starts.length);
        for (int i = 0; i < starts.length; i++) {
            within.set(i, starts[i] >= clause.start() && starts[i] < clause.end());
        }
        return within;
    }

    /** The pieces of everything that is not negated. */
    BitSet wanted(List<Clause> clauses) {
        BitSet wanted = new BitSet(starts.length);
        wanted.set(0, starts.length);
        clauses.stream().filter(Clause::negated).forEach(clause -> wanted.andNot(of(clause)));
        return wanted;
    }

    /**
     * Around which char of the instruction a card is spoken of: the mean of the pieces' places, as much as they count for it.
     *
     * @param similarities of the card with every piece
     * @param among pieces that are asked about, at least one
     */
    int mention(float[] similarities, BitSet among) {
        double weights = 0;
        double sum = 0;
        for (int piece = among.nextSetBit(0); piece >= 0; piece = among.nextSetBit(piece + 1)) {
            double weight = TokenScorer.weight(similarities[piece]);
            weights += weight;
            sum += weight * starts[piece];
        }
        return (int) Math.round(sum / weights);
    }

    /** Compares every piece with every card of an index that has no examples. */
    TokenScores against(CardIndex index) {
        float[][] similarities = new float[index.size()][];
        float[] wholes = new float[index.size()];
        for (int card = 0; card < wholes.length; card++) {
            float[] vector = index.vectors(card).tuned();
            if (vector.length == 0) {
                similarities[card] = vector;
                continue;
            }
            similarities[card] = new float[pieces.length];
            for (int piece = 0; piece < pieces.length; piece++) {
                similarities[card][piece] = Features.dot(pieces[piece], vector);
            }
            wholes[card] = Features.dot(whole, vector);
        }
        return new TokenScores(scorer, similarities, wholes);
    }
}
