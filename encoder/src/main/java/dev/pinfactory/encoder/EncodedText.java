package dev.pinfactory.encoder;

import java.util.List;

/**
 * A text's vector and those of its tokens.
 *
 * @param sentence vector of the whole text, of length 1
 * @param tokens the tokens in order, without the marks at the ends
 * @param truncated whether the text went on after the last token
 */
public record EncodedText(float[] sentence, List<Token> tokens, boolean truncated) {
    public EncodedText {
        tokens = List.copyOf(tokens);
    }

    /**
     * A piece of the text and the model's last hidden state there (not normalised).
     *
     * @param start first code point in the text
     * @param end code point after the last
     */
    public record Token(int start, int end, float[] vector) {}
}
