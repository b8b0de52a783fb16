package dev.pinfactory.router.planner.bind;

import dev.pinfactory.proto.plan.Normalizers;
import dev.pinfactory.proto.v1.Binding;
import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.proto.v1.InstructionSpan;
import dev.pinfactory.proto.v1.Parameter;
import dev.pinfactory.proto.v1.ParameterBinding;
import dev.pinfactory.proto.v1.ParameterDefault;
import dev.pinfactory.router.planner.interpret.Clause;
import dev.pinfactory.router.planner.interpret.FunctionWords;
import dev.pinfactory.router.planner.interpret.Interpretation;
import dev.pinfactory.router.planner.interpret.Token;
import dev.pinfactory.router.planner.interpret.Words;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Sets parameters from words of the instruction: those that can be read as the parameter's kind and stand nearest to the words of its name. A number or
 * a quotation that nothing ties to the parameter is taken only where it is the only candidate and the parameter the only one of its kind.
 */
final class ParameterBinder {
    private static final int LONGEST_PHRASE = 4;
    /** Tokens between a value and the words that name its parameter. */
    private static final int NEAR = 6;

    private static final Parameter WHOLE_NUMBER =
            Parameter.newBuilder().setKind(Parameter.Kind.INTEGER).build();

    private final Interpretation interpretation;

    ParameterBinder(Interpretation interpretation) {
        this.interpretation = interpretation;
    }

    /** What was bound, or the required parameter that nothing sets. */
    record Result(List<ParameterBinding> bindings, Optional<String> missing) {}

    Result bind(Contract contract, Clause clause) {
        List<ParameterBinding> bindings = new ArrayList<>();
        Set<Token> used = new HashSet<>();
        Optional<String> missing = Optional.empty();
        for (Parameter parameter : contract.getParametersList()) {
            List<Token> tokens = numbersApart(interpretation.tokensOf(clause));
            Optional<Candidate> found = best(parameter, contract, tokens, used);
            if (found.isEmpty() && parameter.getRequired()) {
                found = best(parameter, contract, interpretation.tokens(), used);
            }
            if (found.isPresent()) {
                used.addAll(found.get().tokens());
                bindings.add(binding(parameter, found.get()));
            } else if (parameter.hasDefaultValue()) {
                bindings.add(ParameterBinding.newBuilder()
                        .setParameter(parameter.getName())
                        .setSource(Binding.newBuilder().setParameterDefault(ParameterDefault.getDefaultInstance()))
                        .build());
            } else if (parameter.getRequired()) {
                missing = missing.or(() -> Optional.of(parameter.getName()));
            }
        }
        return new Result(bindings, missing);
    }

    /** "a two-page note" has a number in it. */
    private static List<Token> numbersApart(List<Token> tokens) {
        List<Token> apart = new ArrayList<>();
        for (Token token : tokens) {
            int hyphen = token.kind() == Token.Kind.WORD ? token.text().indexOf('-') : -1;
            boolean number = hyphen > 0
                    && isNumber(token.text().substring(0, hyphen))
                    && !isNumber(token.text().substring(hyphen + 1));
            if (number) {
                int cut = token.start() + hyphen;
                apart.add(new Token(Token.Kind.WORD, token.text().substring(0, hyphen), token.start(), cut));
                apart.add(new Token(Token.Kind.WORD, token.text().substring(hyphen + 1), cut + 1, token.end()));
            } else {
                apart.add(token);
            }
        }
        return apart;
    }

    private static boolean isNumber(String word) {
        return Normalizers.normalize(Normalizers.forKind(Parameter.Kind.INTEGER), WHOLE_NUMBER, word)
                .isPresent();
    }

    private record Candidate(List<Token> tokens, int distance) {}

    private Optional<Candidate> best(Parameter parameter, Contract contract, List<Token> tokens, Set<Token> used) {
        Set<String> naming = Words.contentStems(parameter.getName() + " " + parameter.getDescription());
        List<Candidate> candidates = new ArrayList<>();
        for (int from = 0; from < tokens.size(); from++) {
            for (int to = Math.min(tokens.size(), from + LONGEST_PHRASE); to > from; to--) {
                List<Token> phrase = tokens.subList(from, to);
                if (phrase.stream().noneMatch(used::contains) && reads(parameter, phrase)) {
                    candidates.add(new Candidate(phrase, distance(tokens, from, to, naming)));
                    break;
                }
            }
        }
        Optional<Candidate> nearest = candidates.stream().min(java.util.Comparator.comparingInt(Candidate::distance));
        if (nearest.isPresent() && nearest.get().distance() <= NEAR) {
            return nearest;
        }
        boolean onlyOfItsKind = contract.getParametersList().stream()
                        .filter(other -> other.getKind() == parameter.getKind())
                        .count()
                == 1;
        return tellsItsKind(parameter) || onlyOfItsKind && candidates.size() == 1 ? nearest : Optional.empty();
    }

    /** An allowed value, a language, a date, a URL or a sum of money is what it is wherever it stands. */
    private static boolean tellsItsKind(Parameter parameter) {
        return switch (parameter.getKind()) {
            case ENUM, LANGUAGE, DATE, AMOUNT, URL, FILE_NAME -> true;
            case KIND_UNSPECIFIED, STRING, INTEGER, NUMBER, BOOLEAN, UNRECOGNIZED -> false;
        };
    }

    private boolean reads(Parameter parameter, List<Token> phrase) {
        Token first = phrase.getFirst();
        boolean edges = first.kind() != Token.Kind.PUNCTUATION
                && phrase.getLast().kind() != Token.Kind.PUNCTUATION
                && !isGrammar(phrase.getLast());
        boolean shape = switch (parameter.getKind()) {
            case KIND_UNSPECIFIED, STRING, UNRECOGNIZED ->
                phrase.size() == 1 && (first.kind() == Token.Kind.QUOTED || first.kind() == Token.Kind.NAME);
            case FILE_NAME, URL -> phrase.size() == 1 && first.kind() == Token.Kind.NAME;
            // "with" and "no" read as booleans, and stand everywhere: only beside the parameter's own words, see below.
            case BOOLEAN -> phrase.size() == 1 && first.kind() == Token.Kind.WORD;
            case INTEGER, NUMBER, DATE, AMOUNT -> phrase.stream().allMatch(token -> token.kind() != Token.Kind.QUOTED);
            case LANGUAGE, ENUM -> !isGrammar(first);
        };
        return edges
                && shape
                && Normalizers.normalize(Normalizers.forKind(parameter.getKind()), parameter, words(phrase))
                        .isPresent();
    }

    private static boolean isGrammar(Token token) {
        return token.kind() == Token.Kind.WORD
                && FunctionWords.isFunctionWord(token.lower())
                && !token.is("no")
                && !token.is("one");
    }

    private static int distance(List<Token> tokens, int from, int to, Set<String> naming) {
        int nearest = Integer.MAX_VALUE;
        for (int i = 0; i < tokens.size(); i++) {
            boolean names = tokens.get(i).kind() == Token.Kind.WORD
                    && naming.contains(Words.stem(tokens.get(i).lower()));
            if (names) {
                int distance = i < from ? from - i : i >= to ? i - to + 1 : 0;
                nearest = Math.min(nearest, distance);
            }
        }
        return nearest;
    }

    private String words(List<Token> phrase) {
        int start = start(phrase);
        int end = end(phrase);
        return interpretation.instruction().substring(start, end);
    }

    /** Quotation marks are not part of a quoted value. */
    private static int start(List<Token> phrase) {
        Token first = phrase.getFirst();
        return first.start() + (first.kind() == Token.Kind.QUOTED ? 1 : 0);
    }

    private static int end(List<Token> phrase) {
        Token last = phrase.getLast();
        return last.end() - (last.kind() == Token.Kind.QUOTED ? 1 : 0);
    }

    private ParameterBinding binding(Parameter parameter, Candidate candidate) {
        var span = interpretation.span(start(candidate.tokens()), end(candidate.tokens()));
        return ParameterBinding.newBuilder()
                .setParameter(parameter.getName())
                .setSource(Binding.newBuilder()
                        .setInstruction(InstructionSpan.newBuilder()
                                .setStart(span.getStart())
                                .setEnd(span.getEnd())
                                .setNormalizer(Normalizers.forKind(parameter.getKind()))))
                .build();
    }
}
