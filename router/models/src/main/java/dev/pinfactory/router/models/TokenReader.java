package dev.pinfactory.router.models;

import dev.pinfactory.encoder.EncodedText;
import dev.pinfactory.encoder.SentenceEncoder;
import dev.pinfactory.proto.v1.Contract;
import java.util.List;

/** Reads instructions with the encoder that was tuned to tell which of their words ask for which card. Safe for concurrent use. */
final class TokenReader {
    /** Characters of an instruction; a longer one is not read: the encoder was tuned on less than half of it, and every piece takes time. */
    static final int LONGEST = 800;

    private final SentenceEncoder encoder;
    private final TokenScorer scorer;

    TokenReader(SentenceEncoder encoder, TokenScorer scorer) {
        this.encoder = encoder;
        this.scorer = scorer;
    }

    /** The vector of a card. */
    float[] card(Contract contract) {
        return encoder.encode(CardVectors.text(contract));
    }

    /** Reads an instruction in one pass, however it is cut. */
    TokenReading read(String instruction) {
        EncodedText text = encoder.encodeTokens(instruction);
        List<EncodedText.Token> tokens = text.tokens();
        int[] starts = new int[tokens.size()];
        float[][] pieces = new float[tokens.size()][];
        int start = 0;
        int codePoint = 0;
        for (int i = 0; i < starts.length; i++) {
            EncodedText.Token token = tokens.get(i);
            start = instruction.offsetByCodePoints(start, token.start() - codePoint);
            codePoint = token.start();
            starts[i] = start;
            pieces[i] = scorer.piece(token.vector());
        }
        return new TokenReading(scorer, starts, pieces, scorer.whole(text.sentence()));
    }
}
