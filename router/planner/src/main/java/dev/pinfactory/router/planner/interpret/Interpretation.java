package dev.pinfactory.router.planner.interpret;

import dev.pinfactory.proto.plan.Normalizers;
import dev.pinfactory.proto.v1.InstructionSpan.Normalizer;
import dev.pinfactory.proto.v1.Parameter;
import dev.pinfactory.proto.v1.Span;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * An instruction and its clauses.
 *
 * @param clauses in the order in which they shall happen, which is not always the order of the words
 * @param made for clauses by position: stems of the words for what clauses before them make
 * @param inputNames stems of the words that name the task's inputs
 */
public record Interpretation(
        String instruction,
        List<Token> tokens,
        List<Clause> clauses,
        Map<Integer, Set<String>> made,
        Set<String> inputNames) {
    private static final String LANGUAGE_QUESTION = "which language is it: ";
    private static final Parameter LANGUAGE =
            Parameter.newBuilder().setKind(Parameter.Kind.LANGUAGE).build();

    public Interpretation {
        tokens = List.copyOf(tokens);
        clauses = List.copyOf(clauses);
        made = Map.copyOf(made);
        inputNames = Set.copyOf(inputNames);
    }

    Interpretation(String instruction, List<Token> tokens, List<Clause> clauses) {
        this(instruction, tokens, clauses, Map.of(), Set.of());
    }

    /** The same instruction with other clauses. */
    public Interpretation with(List<Clause> others) {
        return new Interpretation(instruction, tokens, others, Map.of(), inputNames);
    }

    /** The same with what is known of the clauses' results: "the note" may be what an earlier clause makes. */
    public Interpretation withMade(Map<Integer, Set<String>> results) {
        return new Interpretation(instruction, tokens, clauses, results, inputNames);
    }

    /** The same for a task whose inputs have these names. */
    public Interpretation withInputNames(Set<String> stems) {
        return new Interpretation(instruction, tokens, clauses, made, stems);
    }

    public boolean namesAnInput(String word) {
        return inputNames.contains(Words.stem(word));
    }

    /** The words of a clause that name inputs of the task. */
    public List<String> inputsNamedBy(Clause clause) {
        return tokensOf(clause).stream()
                .filter(token -> token.kind() == Token.Kind.WORD)
                .map(Token::lower)
                .filter(this::namesAnInput)
                .distinct()
                .toList();
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

    /**
     * What a clause asks for, without the words by which it points back to what an earlier clause makes: "find names in the summary" after "summarise it"
     * asks for names.
     */
    public String asked(Clause clause) {
        String words = Contractions.writtenOut(withoutBackReferences(clause));
        return clause.lead().isEmpty() ? words : Contractions.writtenOut(clause.lead()) + " " + words;
    }

    private String withoutBackReferences(Clause clause) {
        List<Token> own = tokensOf(clause);
        if (clause.kind() == Clause.Kind.CONDITION && own.stream().anyMatch(Interpretation::namesALanguage)) {
            return LANGUAGE_QUESTION + clause.text();
        }
        StringBuilder asked = new StringBuilder(clause.text());
        int offset = clause.text().isEmpty() ? 0 : instruction.indexOf(clause.text(), clause.start());
        boolean changed = false;
        Set<String> results = made.getOrDefault(clauses.indexOf(clause), Set.of());
        for (int i = 2; i < own.size(); i++) {
            Token token = own.get(i);
            boolean pointsBack = token.kind() == Token.Kind.WORD
                    && BackReferences.isDefinite(own, i)
                    && (results.contains(Words.stem(token.lower())) || isAkinToEarlier(clause, token));
            if (pointsBack) {
                changed = true;
                for (int at = token.start(); at < token.end(); at++) {
                    asked.setCharAt(at - offset, ' ');
                }
            }
        }
        return changed ? asked.toString().replaceAll(" {2,}", " ").strip() : clause.text();
    }

    private boolean isAkinToEarlier(Clause clause, Token token) {
        return clauses.stream()
                .takeWhile(earlier -> earlier != clause)
                .filter(Clause::asks)
                .anyMatch(earlier -> BackReferences.isAkin(token, tokensOf(earlier)));
    }

    /** "it is in French" is decided by whoever tells languages; the word itself says nothing of that. */
    private static boolean namesALanguage(Token token) {
        boolean name = token.kind() == Token.Kind.WORD
                && Character.isUpperCase(token.text().charAt(0));
        return name
                && Normalizers.normalize(Normalizer.LANGUAGE, LANGUAGE, token.text())
                        .isPresent();
    }
}
