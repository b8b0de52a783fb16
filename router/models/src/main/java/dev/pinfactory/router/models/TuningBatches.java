package dev.pinfactory.router.models;

import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.router.models.TrainingLibrary.Request;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Requests of one library with cards of it, drawn by seed: most of the cards that they need, and others. */
final class TuningBatches {
    private static final int REQUESTS = 24;
    private static final int FEWEST_CARDS = 28;
    private static final int MOST_CARDS = 36;
    private static final double TOOL_KEPT = 0.95;
    private static final double WHOLE_CARD = 0.7;
    private static final double NO_NAME = 0.9;

    private final List<Source> sources;
    private final Random random;

    /**
     * Requests for the tools of one library.
     *
     * @param weight how often batches are drawn of it, beside the others
     */
    record Source(TrainingLibrary library, List<Request> requests, int weight) {}

    /**
     * One batch.
     *
     * @param labels for each request and card, 1 where it needs it
     */
    record Batch(List<String> requests, List<String> cards, float[] labels) {}

    TuningBatches(List<Source> sources, long seed) {
        this.random = new Random(seed);
        this.sources = new ArrayList<>();
        sources.forEach(source -> this.sources.addAll(Collections.nCopies(source.weight(), source)));
    }

    /** @param without a library that nothing is taken of */
    static TuningBatches of(TrainingMaterial material, String without, long seed) {
        TrainingLibrary multimedia = material.library("multimedia");
        TrainingLibrary huggingface = material.library("huggingface");
        TrainingLibrary metatool = material.library("metatool");
        List<Source> all = List.of(
                new Source(multimedia, material.training(), 3),
                new Source(huggingface, huggingface.requests(), 1),
                new Source(metatool, material.singles(), 3),
                new Source(metatool, material.composed(), 6));
        return new TuningBatches(
                all.stream()
                        .filter(source -> !source.library().name().equals(without))
                        .toList(),
                seed);
    }

    Batch next() {
        Source source = sources.get(random.nextInt(sources.size()));
        List<Request> requests = new ArrayList<>();
        for (int i = 0; i < REQUESTS; i++) {
            requests.add(source.requests().get(random.nextInt(source.requests().size())));
        }
        List<Contract> cards = cards(source.library().contracts(), requests);
        float[] labels = new float[REQUESTS * cards.size()];
        for (int request = 0; request < REQUESTS; request++) {
            for (int card = 0; card < cards.size(); card++) {
                boolean needed =
                        requests.get(request).tools().contains(cards.get(card).getId());
                labels[request * cards.size() + card] = needed ? 1 : 0;
            }
        }
        return new Batch(
                requests.stream().map(Request::text).toList(),
                cards.stream().map(this::text).toList(),
                labels);
    }

    private List<Contract> cards(List<Contract> library, List<Request> requests) {
        Set<String> needed = new LinkedHashSet<>();
        for (Request request : requests) {
            request.tools().stream()
                    .sorted()
                    .filter(tool -> random.nextDouble() < TOOL_KEPT)
                    .forEach(needed::add);
        }
        int count = FEWEST_CARDS + random.nextInt(MOST_CARDS - FEWEST_CARDS + 1);
        List<Contract> shuffled = new ArrayList<>(library);
        Collections.shuffle(shuffled, random);
        List<Contract> cards = new ArrayList<>(shuffled.stream()
                .filter(card -> needed.contains(card.getId()))
                .limit(MOST_CARDS)
                .toList());
        shuffled.stream()
                .filter(card -> !needed.contains(card.getId()))
                .limit(Math.max(0, count - cards.size()))
                .forEach(cards::add);
        return cards;
    }

    /** Mostly the whole card; sometimes its summary or its name alone, because not every card says much. */
    private String text(Contract card) {
        double kind = random.nextDouble();
        if (kind < WHOLE_CARD) {
            return CardVectors.text(card);
        }
        return kind < NO_NAME ? CardVectors.summary(card) : CardVectors.name(card);
    }
}
