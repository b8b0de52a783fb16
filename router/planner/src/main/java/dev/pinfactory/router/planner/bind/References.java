package dev.pinfactory.router.planner.bind;

import dev.pinfactory.router.planner.interpret.BackReferences;
import dev.pinfactory.router.planner.interpret.Clause;
import dev.pinfactory.router.planner.interpret.FunctionWords;
import dev.pinfactory.router.planner.interpret.Interpretation;
import dev.pinfactory.router.planner.interpret.Token;
import dev.pinfactory.router.planner.interpret.Words;
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

    /** "which language it is in", "how long are they": the pronoun is what is asked about, and nothing is to be done to it. */
    boolean asksAboutIt(Clause clause) {
        List<Token> tokens = interpretation.tokensOf(clause);
        boolean question = false;
        for (int i = 0; i < tokens.size(); i++) {
            question |= FunctionWords.isQuestionWord(tokens.get(i).lower());
            boolean subject = i > 0
                            && FunctionWords.isAuxiliary(tokens.get(i - 1).lower())
                    || i + 1 < tokens.size()
                            && FunctionWords.isAuxiliary(tokens.get(i + 1).lower());
            if (question && subject && PRONOUNS.contains(tokens.get(i).lower())) {
                return true;
            }
        }
        return false;
    }

    boolean namesAResult(Clause clause) {
        return interpretation.tokensOf(clause).stream()
                .anyMatch(token -> RESULT_WORDS.contains(Words.stem(token.lower())));
    }

    /** "the redacted text" after "redact it", "the summary" after "summarise it". */
    boolean namesWhatWasDone(Clause clause, Clause before) {
        List<Token> done = interpretation.tokensOf(before);
        List<Token> tokens = interpretation.tokensOf(clause);
        for (int i = 1; i < tokens.size(); i++) {
            if (tokens.get(i).kind() == Token.Kind.WORD
                    && BackReferences.isDefinite(tokens, i)
                    && BackReferences.isAkin(tokens.get(i), done)) {
                return true;
            }
        }
        return false;
    }
}
