package dev.pinfactory.specialists.adapters.openai;

import static dev.pinfactory.specialists.adapters.openai.ChatMapping.require;

import dev.pinfactory.proto.card.Contracts;
import dev.pinfactory.proto.type.SemanticTypes;
import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.proto.v1.Port;
import dev.pinfactory.specialists.adapters.openai.ChatMapping.Output;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Whether a mapping and a card belong together; what does not is said when the process starts. */
final class CardRules {
    private final Contract contract;
    private final SemanticTypes types;

    CardRules(Contract contract) {
        this.contract = contract;
        this.types = Contracts.of(contract).types();
    }

    /** @throws IllegalArgumentException with the field and what was expected */
    void check(ChatMapping mapping) {
        if (contract.getKind() != Contract.Kind.LLM) {
            throw new IllegalArgumentException("contract.kind is " + contract.getKind() + "; behind " + ChatMapping.ROOT
                    + " it is LLM, so that tasks have to allow it");
        }
        Set<String> wanted =
                contract.getOutputsList().stream().map(Port::getName).collect(Collectors.toSet());
        Set<String> given = mapping.outputs().stream().map(Output::port).collect(Collectors.toSet());
        require(wanted.equals(given), "outputs", "are for " + given + ", the card has " + wanted);
        require(given.size() == mapping.outputs().size(), "outputs", "name a port twice");
        mapping.outputs().forEach(this::check);
    }

    private void check(Output output) {
        String field = "outputs." + output.port();
        Port port = port(output.port());
        require(port.getCardinality() != Port.Cardinality.MANY, field, "is a list, which no answer is read as");
        String needed = needed(output);
        require(
                types.isAssignable(port.getType(), needed),
                field + ".as",
                "is " + output.as() + ", which is " + needed + "; the port is " + port.getType());
        if (output.as() != ChatMapping.As.ENTITIES && output.as() != ChatMapping.As.SPANS) {
            return;
        }
        List<String> texts = texts();
        require(
                texts.contains(output.from()) || output.from().isEmpty() && texts.size() == 1,
                field + ".from",
                "is '" + output.from() + "', expected one of the texts " + texts);
    }

    private static String needed(Output output) {
        return switch (output.as()) {
            case LABELS -> SemanticTypes.LABELS;
            case SCORE -> SemanticTypes.SCORE;
            case TEXT -> SemanticTypes.TEXT;
            case RECORD -> SemanticTypes.RECORD;
            case ENTITIES -> SemanticTypes.ENTITIES;
            case SPANS -> SemanticTypes.SPANS;
        };
    }

    Port port(String name) {
        return contract.getOutputsList().stream()
                .filter(port -> port.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** The inputs that an answer can quote. */
    List<String> texts() {
        return contract.getInputsList().stream()
                .filter(port -> types.isAssignable(port.getType(), SemanticTypes.TEXT)
                        && port.getCardinality() != Port.Cardinality.MANY)
                .map(Port::getName)
                .toList();
    }
}
