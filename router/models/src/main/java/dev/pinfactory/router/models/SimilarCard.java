package dev.pinfactory.router.models;

import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.proto.v1.Port;
import java.util.List;
import java.util.stream.Stream;

/**
 * A card that another is near to.
 *
 * @param similarity of what the two say that they do, and of the requests that they say they answer; at most 1
 * @param sameTypes they take and give the same types
 * @param nearlyTheSame whoever asks for one may as well get the other
 */
public record SimilarCard(Contract contract, double similarity, boolean sameTypes, boolean nearlyTheSame) {
    /** Copies in other words come to 0.79 and above, cards that do different things to 0.77 and below (decision 53). */
    private static final double COPY = 0.78;

    /** Without examples: one line says less, and what does different things with the same thing comes nearer. */
    private static final double COPY_BY_WORDS_ALONE = 0.9;

    static SimilarCard of(Contract card, CardVectors vectors, Contract other, CardVectors otherVectors) {
        double similarity = Math.min(1, vectors.similarity(otherVectors));
        boolean byExamples = vectors.examples().length > 0 && otherVectors.examples().length > 0;
        boolean sameTypes = needs(card).equals(needs(other)) && gives(card).equals(gives(other));
        return new SimilarCard(
                other, similarity, sameTypes, sameTypes && similarity >= (byExamples ? COPY : COPY_BY_WORDS_ALONE));
    }

    private static List<String> needs(Contract contract) {
        return types(contract.getInputsList().stream().filter(port -> !port.getOptional()));
    }

    private static List<String> gives(Contract contract) {
        return types(contract.getOutputsList().stream());
    }

    /** Names of ports are a matter of taste. */
    private static List<String> types(Stream<Port> ports) {
        return ports.map(port -> port.getType() + (port.getCardinality() == Port.Cardinality.MANY ? " list" : ""))
                .sorted()
                .toList();
    }
}
