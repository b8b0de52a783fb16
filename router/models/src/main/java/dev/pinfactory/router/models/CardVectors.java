package dev.pinfactory.router.models;

import dev.pinfactory.encoder.SentenceEncoder;
import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.router.planner.interpret.Words;
import java.util.List;
import java.util.stream.Stream;

/**
 * The vectors of one contract: what it says it does, its summary alone, and the requests that it says it answers.
 *
 * @param text name, summary and description
 * @param summary the summary alone, which is as short as a clause
 * @param examples one for each example request
 */
record CardVectors(float[] text, float[] summary, float[][] examples) {
    /** More examples than this add time and little else. */
    private static final int MAX_EXAMPLES = 16;

    static CardVectors of(Contract contract, SentenceEncoder encoder) {
        List<String> examples = examples(contract);
        List<String> texts = Stream.concat(Stream.of(text(contract), summary(contract)), examples.stream())
                .toList();
        float[][] vectors = encoder.encode(texts);
        float[][] exampleVectors = java.util.Arrays.copyOfRange(vectors, 2, vectors.length);
        return new CardVectors(vectors[0], vectors[1], exampleVectors);
    }

    static String name(Contract contract) {
        return String.join(" ", Words.split(contract.getId()));
    }

    static String text(Contract contract) {
        String description = contract.getDescription().startsWith(contract.getSummary())
                ? contract.getDescription()
                : contract.getSummary() + " " + contract.getDescription();
        return name(contract) + ": " + description;
    }

    private static String summary(Contract contract) {
        return contract.getSummary().isBlank() ? name(contract) : contract.getSummary();
    }

    static List<String> examples(Contract contract) {
        return contract.getExamplesList().stream()
                .filter(example -> !example.isBlank())
                .limit(MAX_EXAMPLES)
                .toList();
    }
}
