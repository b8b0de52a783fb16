package dev.pinfactory.router.models;

import dev.pinfactory.encoder.SentenceEncoder;
import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.router.planner.interpret.Words;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * The vectors of one contract: what it says it does, its summary alone, the requests that it says it answers and those that it does not.
 *
 * @param text name, summary and description
 * @param summary the summary alone, which is as short as a clause
 * @param name its name alone, which in some libraries says more than the rest
 * @param examples one for each example request
 * @param counterExamples one for each request that it says it does not answer
 * @param tuned what it says it does, as the tuned encoder reads it; empty where there is none, and for a card with examples
 */
record CardVectors(
        float[] text, float[] summary, float[] name, float[][] examples, float[][] counterExamples, float[] tuned) {
    /** More examples than this add time and little else. */
    private static final int MAX_EXAMPLES = 32;

    /** By how much of a cosine: decision 51 counts the right plans with it, and another margin has to be counted there anew. */
    private static final double CLEARLY_NEARER = 0.015;

    static CardVectors of(Contract contract, SentenceEncoder encoder) {
        return of(contract, encoder, Optional.empty());
    }

    static CardVectors of(Contract contract, SentenceEncoder encoder, Optional<TokenReader> reader) {
        List<String> examples = examples(contract);
        List<String> texts = new ArrayList<>(List.of(text(contract), summary(contract), name(contract)));
        texts.addAll(examples);
        texts.addAll(counterExamples(contract));
        float[][] vectors = encoder.encode(texts);
        int counter = 3 + examples.size();
        return new CardVectors(
                vectors[0],
                vectors[1],
                vectors[2],
                Arrays.copyOfRange(vectors, 3, counter),
                Arrays.copyOfRange(vectors, counter, vectors.length),
                reader.filter(tuned -> examples.isEmpty())
                        .map(tuned -> tuned.card(contract))
                        .orElse(new float[0]));
    }

    /**
     * Position of the counter-example that a clause is clearly nearer to than to the summary and every example; -1 where there is none.
     *
     * @param clause how to compare a text with the clause
     */
    int counterExample(ToDoubleFunction<float[]> clause) {
        double own = clause.applyAsDouble(summary);
        for (float[] example : examples) {
            own = Math.max(own, clause.applyAsDouble(example));
        }
        double nearest = own + CLEARLY_NEARER;
        int position = -1;
        for (int i = 0; i < counterExamples.length; i++) {
            double similarity = clause.applyAsDouble(counterExamples[i]);
            if (similarity > nearest) {
                nearest = similarity;
                position = i;
            }
        }
        return position;
    }

    /**
     * How near two cards are: half by what they say that they do, as a whole and in a line, and half by the requests that they say they answer, each beside the
     * nearest of the other card's; without requests, by what they say alone.
     */
    double similarity(CardVectors other) {
        double said = (Features.dot(text, other.text) + Features.dot(summary, other.summary)) / 2;
        if (examples.length == 0 || other.examples.length == 0) {
            return said;
        }
        double answered = (nearest(examples, other.examples) + nearest(other.examples, examples)) / 2;
        return (said + answered) / 2;
    }

    private static double nearest(float[][] all, float[][] others) {
        double sum = 0;
        for (float[] one : all) {
            double nearest = -1;
            for (float[] other : others) {
                nearest = Math.max(nearest, Features.dot(one, other));
            }
            sum += nearest;
        }
        return sum / all.length;
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

    static String summary(Contract contract) {
        return contract.getSummary().isBlank() ? name(contract) : contract.getSummary();
    }

    static List<String> examples(Contract contract) {
        return used(contract.getExamplesList());
    }

    static List<String> counterExamples(Contract contract) {
        return used(contract.getCounterExamplesList());
    }

    private static List<String> used(List<String> examples) {
        return examples.stream()
                .filter(example -> !example.isBlank())
                .limit(MAX_EXAMPLES)
                .toList();
    }
}
