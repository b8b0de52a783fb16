package dev.pinfactory.router.planner.bind;

import dev.pinfactory.proto.card.Contracts;
import dev.pinfactory.proto.type.SemanticTypes;
import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.proto.v1.InputDescription;
import dev.pinfactory.proto.v1.Port;
import dev.pinfactory.router.planner.interpret.Clause;
import dev.pinfactory.router.planner.interpret.Interpretation;
import dev.pinfactory.router.planner.interpret.Token;
import dev.pinfactory.router.planner.interpret.Words;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/**
 * What one of the inputs consists of, spoken of as if it were an input itself: "the attached receipts" are the attachments of the e-mail. There are such
 * parts where a specialist takes one of something and gives many of the same kind, and the instruction calls them by the name of that output.
 *
 * @param described the parts, as an input of cardinality many
 * @param whole the input that they are parts of
 * @param contract the specialist that takes the whole apart
 */
record Parts(InputDescription described, InputDescription whole, Contract contract, Port reads, Port gives) {

    /** The parts that the instruction speaks of, if any; those of the specialist that suits it best. */
    static Optional<Parts> spokenOf(
            Interpretation interpretation,
            List<InputDescription> inputs,
            Contracts contracts,
            ToDoubleFunction<Contract> suitability,
            Set<String> forbidden) {
        Optional<Parts> best = Optional.empty();
        double highest = Double.NEGATIVE_INFINITY;
        for (Contract contract : contracts.all()) {
            double suits = suitability.applyAsDouble(contract);
            if (suits > highest && !forbidden.contains(contract.getId())) {
                Optional<Parts> parts = of(contract, inputs, contracts.types())
                        .filter(candidate -> candidate.areSpokenOf(interpretation, inputs));
                if (parts.isPresent()) {
                    best = parts;
                    highest = suits;
                }
            }
        }
        return best;
    }

    /** Nothing where several inputs could be the whole. */
    private static Optional<Parts> of(Contract contract, List<InputDescription> inputs, SemanticTypes types) {
        List<Port> required = contract.getInputsList().stream()
                .filter(port -> !port.getOptional())
                .toList();
        if (required.size() != 1 || required.getFirst().getCardinality() == Port.Cardinality.MANY) {
            return Optional.empty();
        }
        Port reads = required.getFirst();
        List<InputDescription> wholes = inputs.stream()
                .filter(input -> !input.getMany() && types.isAssignable(input.getType(), reads.getType()))
                .toList();
        if (wholes.size() != 1 || reads.getType().equals(SemanticTypes.ANY)) {
            return Optional.empty();
        }
        return contract.getOutputsList().stream()
                .filter(port -> port.getCardinality() == Port.Cardinality.MANY)
                .filter(port -> types.isAssignable(port.getType(), reads.getType()))
                .findFirst()
                .map(gives -> {
                    InputDescription described = wholes.getFirst().toBuilder()
                            .setName(gives.getName())
                            .setType(gives.getType())
                            .clearMediaType()
                            .setMany(true)
                            .build();
                    return new Parts(described, wholes.getFirst(), contract, reads, gives);
                });
    }

    private boolean areSpokenOf(Interpretation interpretation, List<InputDescription> inputs) {
        Set<String> names = stems(gives.getName());
        boolean isInput = inputs.stream()
                .flatMap(input -> stems(input.getName()).stream())
                .anyMatch(names::contains);
        if (isInput) {
            return false;
        }
        Set<String> nouns = new LinkedHashSet<>(Words.split(gives.getName()));
        Words.split(gives.getName()).forEach(word -> nouns.add(word.replaceFirst("s$", "")));
        for (Clause clause : interpretation.clauses()) {
            List<Token> tokens = clause.negated() ? List.of() : interpretation.tokensOf(clause);
            for (int i = 0; i < tokens.size(); i++) {
                String word = tokens.get(i).lower();
                if (nouns.contains(word) || names.contains(Words.stem(word)) && consistsOfThem(tokens, i)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** "the attached receipts" with a mail; not "the attached letter" with a letter, which is the whole. */
    private boolean consistsOfThem(List<Token> tokens, int participle) {
        Set<String> wholeNames = stems(whole.getName());
        List<String> beside = new ArrayList<>();
        for (int i = participle - 1; i <= participle + 2; i++) {
            if (i >= 0 && i < tokens.size() && i != participle && (i < participle + 2 || !beside.contains("to"))) {
                beside.add(tokens.get(i).lower());
            }
        }
        boolean isTheWhole = beside.stream().map(Words::stem).anyMatch(wholeNames::contains);
        return !isTheWhole
                && stems(contract.getSummary() + " " + contract.getDescription()).stream()
                        .anyMatch(wholeNames::contains);
    }

    private static Set<String> stems(String words) {
        Set<String> stems = new LinkedHashSet<>(Words.contentStems(words));
        for (String word : words.split("[\\s_]+")) {
            stems.add(Words.stem(String.join("", Words.split(word))));
        }
        stems.remove("");
        return stems;
    }

    /** Whether the step takes the whole apart. */
    boolean areMadeBy(DraftStep step) {
        return step.contract().equals(contract) && step.roots().equals(Set.of(whole));
    }
}
