package dev.pinfactory.router.planner.interpret;

import dev.pinfactory.proto.v1.Span;
import java.util.List;

/**
 * An instruction and its clauses.
 *
 * @param clauses in the order in which they shall happen, which is not always the order of the words
 */
public record Interpretation(String instruction, List<Token> tokens, List<Clause> clauses) {
    public Interpretation {
        tokens = List.copyOf(tokens);
        clauses = List.copyOf(clauses);
    }

    /** The instruction without what is negated. */
    public String wanted() {
        StringBuilder wanted = new StringBuilder(instruction);
        for (Clause clause : clauses) {
            if (clause.negated()) {
                for (int i = clause.start(); i < clause.end(); i++) {
                    wanted.setCharAt(i, ' ');
                }
            }
        }
        return wanted.toString().replaceAll(" {2,}", " ").strip();
    }

    /** Char offsets as a span in code points. */
    public Span span(int start, int end) {
        return Span.newBuilder()
                .setStart(instruction.codePointCount(0, start))
                .setEnd(instruction.codePointCount(0, end))
                .build();
    }

    public Span span(Clause clause) {
        return span(clause.start(), clause.end());
    }

    public List<Token> tokensOf(Clause clause) {
        return tokens.stream()
                .filter(token -> token.start() >= clause.start() && token.end() <= clause.end())
                .toList();
    }
}
