package dev.pinfactory.router.planner.cache;

import dev.pinfactory.proto.digest.Digests;
import dev.pinfactory.proto.v1.PlanRequest;
import dev.pinfactory.router.planner.PlanningRequest;
import dev.pinfactory.router.planner.interpret.Token;
import dev.pinfactory.router.planner.interpret.Tokenizer;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What two requests have to have in common to share a plan: everything but the numbers, quotations and names in the instruction.
 *
 * @param digest over tenant, instruction without its literals, inputs, constraints, output schema and routable contracts
 * @param tokens of the instruction
 */
record RequestShape(String digest, List<Token> tokens) {
    private static final Set<String> CONDITIONALS =
            Set.of("if", "unless", "when", "provided", "assuming", "case", "long", "otherwise");

    RequestShape {
        tokens = List.copyOf(tokens);
    }

    static RequestShape of(PlanningRequest planning) {
        PlanRequest request = planning.request();
        List<Token> tokens = Tokenizer.tokens(request.getInstruction());
        // A literal in a condition ends up in the plan itself, so there every literal counts.
        boolean conditional = tokens.stream().anyMatch(token -> CONDITIONALS.contains(token.lower()));
        String words = tokens.stream()
                .map(token -> conditional ? token.text() : written(token))
                .collect(Collectors.joining("\u0000"));
        PlanRequest shape = request.toBuilder()
                .setInstruction(words)
                .setCatalogDigest(planning.catalogDigest())
                .build();
        return new RequestShape(Digests.of(shape), tokens);
    }

    private static String written(Token token) {
        return switch (token.kind()) {
            case NUMBER, QUOTED, NAME -> "\u0001" + token.kind();
            case WORD, PUNCTUATION -> token.text();
        };
    }
}
