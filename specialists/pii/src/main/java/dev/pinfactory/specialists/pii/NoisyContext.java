package dev.pinfactory.specialists.pii;

import dev.pinfactory.specialists.learning.sequence.Token;
import dev.pinfactory.specialists.learning.sequence.Tokenizer;
import dev.pinfactory.specialists.pii.LabelledText.Gold;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Copies of training texts in which words around the personal data are exchanged for random common ones. A few hundred templates would otherwise be learned
 * by heart; with noise the model has to look at the words themselves and to trust several small signs instead of one known neighbour.
 */
final class NoisyContext {
    private NoisyContext() {}

    static LabelledText of(LabelledText source, List<String> commonWords, double share, Random random) {
        StringBuilder text = new StringBuilder();
        List<Gold> spans = new ArrayList<>();
        List<Token> tokens = Tokenizer.tokenize(source.text());
        int done = 0;
        for (Token token : tokens) {
            text.append(source.text(), done, token.start());
            done = token.end();
            int start = text.length();
            boolean personal = false;
            for (Gold span : source.spans()) {
                if (token.start() < span.end() && token.end() > span.start()) {
                    personal = true;
                    boolean first = token.start() <= span.start();
                    Gold before = first ? new Gold(span.type(), start, start) : spans.removeLast();
                    spans.add(new Gold(
                            before.type(), before.start(), start + token.text().length()));
                    break;
                }
            }
            boolean exchange = !personal
                    && Character.isLetter(token.text().codePointAt(0))
                    && token.text().length() > 1
                    && random.nextDouble() < share;
            text.append(
                    exchange
                            ? likeIt(token.text(), commonWords.get(random.nextInt(commonWords.size())))
                            : token.text());
        }
        text.append(source.text().substring(done));
        return new LabelledText(source.group(), text.toString(), spans);
    }

    private static String likeIt(String model, String word) {
        return Character.isUpperCase(model.charAt(0))
                ? Character.toUpperCase(word.charAt(0)) + word.substring(1)
                : word;
    }
}
