package dev.pinfactory.router.planner.bind;

import dev.pinfactory.router.planner.interpret.Clause;
import dev.pinfactory.router.planner.interpret.Interpretation;
import dev.pinfactory.router.planner.interpret.Token;
import dev.pinfactory.router.planner.interpret.Words;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** How a clause points back: by a pronoun, by a word for a result, or by the participle of what was done ("the redacted text"). */
final class References {
    private static final Set<String> PRONOUNS = Set.of("it", "them", "this", "that", "these", "those");
    private static final Set<String> RESULT_WORDS = Set.of("result", "output", "outcome");

    private final Interpretation interpretation;

    References(Interpretation interpretation) {
        this.interpretation = interpretation;
    }

    boolean hasPronoun(Clause clause) {
        List<Token> tokens = interpretation.tokensOf(clause);
        for (int i = 0; i < tokens.size(); i++) {
            // "this mail" names a thing; "this" alone points back.
            boolean alone = i + 1 >= tokens.size()
                    || tokens.get(i + 1).kind() != Token.Kind.WORD
                    || !Set.of("this", "that", "these", "those")
                            .contains(tokens.get(i).lower());
            if (PRONOUNS.contains(tokens.get(i).lower()) && alone) {
                return true;
            }
        }
        return false;
    }

    boolean namesAResult(Clause clause) {
        return interpretation.tokensOf(clause).stream()
                .anyMatch(token -> RESULT_WORDS.contains(Words.stem(token.lower())));
    }

    /** "the redacted text" after "redact it": a word of this clause, not its first, has the stem of the other clause's first word. */
    boolean namesWhatWasDone(Clause clause, Clause before) {
        List<Token> done = interpretation.tokensOf(before);
        List<Token> tokens = interpretation.tokensOf(clause);
        if (done.isEmpty() || tokens.size() < 2) {
            return false;
        }
        Set<String> verbs = new HashSet<>();
        done.stream()
                .filter(token -> token.kind() == Token.Kind.WORD)
                .limit(2)
                .forEach(token -> verbs.add(Words.stem(token.lower())));
        return tokens.stream()
                .skip(1)
                .map(Token::lower)
                .filter(word ->
                        word.endsWith("ed") || word.endsWith("en") || word.endsWith("tion") || word.endsWith("ion"))
                .anyMatch(word -> verbs.contains(Words.stem(word))
                        || verbs.stream().anyMatch(verb -> akin(verb, Words.stem(word))));
    }

    /** "translation" and "translate": all but the last two letters of the shorter one are the same. */
    private static boolean akin(String a, String b) {
        int common = Math.min(a.length(), b.length()) - 1;
        return common >= 4 && a.regionMatches(0, b, 0, common);
    }
}
