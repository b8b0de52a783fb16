package dev.pinfactory.router.planner.bind;

import com.google.protobuf.ListValue;
import com.google.protobuf.Value;
import dev.pinfactory.proto.plan.Normalizers;
import dev.pinfactory.proto.type.SemanticTypes;
import dev.pinfactory.proto.v1.Condition;
import dev.pinfactory.proto.v1.Condition.Operator;
import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.proto.v1.InstructionSpan.Normalizer;
import dev.pinfactory.proto.v1.Parameter;
import dev.pinfactory.proto.v1.Port;
import dev.pinfactory.proto.v1.StepOutput;
import dev.pinfactory.router.planner.interpret.ConditionPhrase;
import dev.pinfactory.router.planner.interpret.FunctionWords;
import dev.pinfactory.router.planner.interpret.Token;
import dev.pinfactory.router.planner.interpret.Tokenizer;
import dev.pinfactory.router.planner.interpret.Words;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Reads a condition as a comparison with what a step gives: a label ("it is negative", "it is in English"), a number ("the score is above 0.8", "the
 * total is more than 100"), or whether anything was found ("it contains names").
 */
final class ConditionReader {
    private static final Set<String> COPULAS =
            Set.of("is", "are", "was", "were", "be", "sounds", "looks", "seems", "says");
    private static final Set<String> MORE =
            Set.of("above", "over", "more", "greater", "exceeds", "higher", "larger", "least");
    private static final Set<String> LESS = Set.of("below", "under", "less", "lower", "smaller", "fewer", "most");
    private static final Parameter LANGUAGE = Parameter.newBuilder()
            .setName("language")
            .setKind(Parameter.Kind.LANGUAGE)
            .build();
    private static final Parameter NUMBER = Parameter.newBuilder()
            .setName("number")
            .setKind(Parameter.Kind.NUMBER)
            .build();

    private final SemanticTypes types;

    ConditionReader(SemanticTypes types) {
        this.types = types;
    }

    /** The condition on a step of this specialist; the step's id is filled in by the caller. */
    Optional<Condition.Builder> read(ConditionPhrase phrase, Contract contract) {
        List<Token> tokens = Tokenizer.tokens(phrase.text());
        for (Port port : contract.getOutputsList()) {
            Optional<Condition.Builder> read = read(phrase, tokens, contract, port);
            if (read.isPresent()) {
                return read;
            }
        }
        return Optional.empty();
    }

    /** Whether a label of the specialist is among the condition's words, or a word that its card says to mean the same. */
    boolean knows(ConditionPhrase phrase, Contract contract) {
        List<String> words = predicate(Tokenizer.tokens(phrase.text()));
        return contract.getOutputsList().stream()
                .filter(port -> types.isAssignable(port.getType(), SemanticTypes.LABELS))
                .anyMatch(port ->
                        LabelWords.of(port.getDescription()).meant(words).isPresent());
    }

    private Optional<Condition.Builder> read(ConditionPhrase phrase, List<Token> tokens, Contract contract, Port port) {
        if (types.isAssignable(port.getType(), SemanticTypes.LABELS)) {
            return label(phrase, tokens, contract, port).map(condition -> at(condition, port, "/label"));
        }
        if (types.isAssignable(port.getType(), SemanticTypes.SCORE)) {
            return comparison(phrase, tokens).map(condition -> at(condition, port, "/value"));
        }
        if (types.isAssignable(port.getType(), SemanticTypes.FIELDS)) {
            return subject(tokens)
                    .flatMap(field -> comparison(phrase, tokens).map(condition -> at(condition, port, "/" + field)));
        }
        boolean found = types.isAssignable(port.getType(), SemanticTypes.SPANS)
                || port.getCardinality() == Port.Cardinality.MANY;
        return found && !phrase.negated()
                ? Optional.of(at(Condition.newBuilder().setOperator(Operator.EXISTS), port, "/0"))
                : Optional.empty();
    }

    private static Condition.Builder at(Condition.Builder condition, Port port, String pointer) {
        return condition.setOutput(
                StepOutput.newBuilder().setOutput(port.getName()).setPointer(pointer));
    }

    private Optional<Condition.Builder> label(
            ConditionPhrase phrase, List<Token> tokens, Contract contract, Port port) {
        List<String> words = predicate(tokens);
        if (words.isEmpty()) {
            return Optional.empty();
        }
        // A label may be a code or a name; a language is both, so either will do.
        for (String word : words) {
            Optional<Value> code = Normalizers.normalize(Normalizer.LANGUAGE, LANGUAGE, word);
            if (code.isPresent()) {
                List<String> spellings = List.of(code.get().getStringValue(), word, word.toLowerCase(Locale.ROOT));
                return phrase.negated()
                        ? Optional.of(equal(code.get().getStringValue(), true))
                        : Optional.of(
                                Condition.newBuilder().setOperator(Operator.IN).setValue(list(spellings)));
            }
        }
        String label =
                LabelWords.of(port.getDescription()).meant(words).orElseGet(() -> asTheCardWritesIt(words, contract));
        return Optional.of(equal(label, phrase.negated()));
    }

    private static Condition.Builder equal(String value, boolean negated) {
        return Condition.newBuilder()
                .setOperator(negated ? Operator.NOT_EQUALS : Operator.EQUALS)
                .setValue(Value.newBuilder().setStringValue(value));
    }

    private static Value list(List<String> values) {
        ListValue.Builder list = ListValue.newBuilder();
        new LinkedHashSet<>(values)
                .forEach(value -> list.addValues(Value.newBuilder().setStringValue(value)));
        return Value.newBuilder().setListValue(list).build();
    }

    /** A label's exact spelling often stands in the card ("positive, negative or neutral"); then that is taken, else the last of the words. */
    private static String asTheCardWritesIt(List<String> words, Contract contract) {
        StringBuilder text =
                new StringBuilder(contract.getDescription()).append(' ').append(contract.getSummary());
        contract.getOutputsList().forEach(port -> text.append(' ').append(port.getDescription()));
        List<String> card = new ArrayList<>();
        Tokenizer.tokens(text.toString()).forEach(token -> card.add(token.text()));
        for (String word : words) {
            for (String written : card) {
                if (Words.stem(written).equals(Words.stem(word))) {
                    return written.toLowerCase(Locale.ROOT).equals(word.toLowerCase(Locale.ROOT)) ? written : word;
                }
            }
        }
        return words.getLast();
    }

    /** Content words after the copula, or all where there is none. */
    private static List<String> predicate(List<Token> tokens) {
        int from = 0;
        for (int i = 0; i < tokens.size(); i++) {
            if (COPULAS.contains(tokens.get(i).lower())) {
                from = i + 1;
                break;
            }
        }
        return tokens.subList(from, tokens.size()).stream()
                .filter(token -> token.kind() == Token.Kind.WORD || token.kind() == Token.Kind.QUOTED)
                .filter(token -> !FunctionWords.isFunctionWord(token.lower()) && !token.is("written"))
                .map(token -> token.kind() == Token.Kind.QUOTED
                        ? token.text().substring(1, token.text().length() - 1)
                        : token.text())
                .toList();
    }

    private static Optional<Condition.Builder> comparison(ConditionPhrase phrase, List<Token> tokens) {
        Optional<Value> number = tokens.stream()
                .filter(token -> token.kind() == Token.Kind.NUMBER || token.kind() == Token.Kind.WORD)
                .map(token -> token.text().replaceAll("^[€$£]|%$", ""))
                .flatMap(text -> Normalizers.normalize(Normalizer.NUMBER, NUMBER, text).stream())
                .findFirst();
        boolean more = tokens.stream().anyMatch(token -> MORE.contains(token.lower()));
        boolean less = tokens.stream().anyMatch(token -> LESS.contains(token.lower()));
        if (number.isEmpty() || more && less) {
            return Optional.empty();
        }
        Operator operator = more
                ? Operator.GREATER
                : less ? Operator.LESS : phrase.negated() ? Operator.NOT_EQUALS : Operator.EQUALS;
        boolean turned = phrase.negated() && (more || less);
        // "not above 5" would be LESS or equal, which there is no operator for.
        return turned
                ? Optional.empty()
                : Optional.of(Condition.newBuilder().setOperator(operator).setValue(number.get()));
    }

    /** The last content word before the copula: the field that is spoken of. */
    private static Optional<String> subject(List<Token> tokens) {
        String last = "";
        for (Token token : tokens) {
            if (COPULAS.contains(token.lower()) || MORE.contains(token.lower()) || LESS.contains(token.lower())) {
                break;
            }
            if (token.kind() == Token.Kind.WORD && !FunctionWords.isFunctionWord(token.lower())) {
                last = token.lower();
            }
        }
        return last.isEmpty() ? Optional.empty() : Optional.of(last);
    }
}
