package dev.pinfactory.router.models;

import dev.pinfactory.encoder.SentenceEncoder;
import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.router.models.TrainingLibrary.Request;
import dev.pinfactory.router.planner.interpret.Interpretation;
import dev.pinfactory.router.planner.interpret.Interpreter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/**
 * The re-ranker's training rows. Requests are grounded in small groups over a random part of their library that holds most of the tools they need, not
 * all: so the model meets catalogues of every size, and requests that nobody can answer.
 */
final class TrainingRows {
    private static final int LARGEST_GROUP = 16;
    private static final double TOOL_KEPT = 0.88;
    private static final int MAX_EXAMPLES = 6;

    private final Interpreter interpreter;
    private final SentenceEncoder encoder;
    private final double withExamples;
    private final Random random;
    private final List<float[]> rows = new ArrayList<>();
    private final List<Double> labels = new ArrayList<>();
    private final List<Double> weights = new ArrayList<>();

    /** @param withExamples the share of catalogues in which cards have examples */
    TrainingRows(Interpreter interpreter, SentenceEncoder encoder, double withExamples, long seed) {
        this.interpreter = interpreter;
        this.encoder = encoder;
        this.withExamples = withExamples;
        this.random = new Random(seed);
    }

    /** Adds requests of a library; the weights of their rows sum up to {@code weight}. */
    void add(TrainingLibrary library, List<Request> requests, double weight) {
        int from = rows.size();
        List<Request> shuffled = new ArrayList<>(requests);
        Collections.shuffle(shuffled, random);
        Map<String, List<String>> examples = examples(requests);
        int at = 0;
        while (at < shuffled.size()) {
            int group = Math.min(shuffled.size() - at, 1 + random.nextInt(LARGEST_GROUP));
            addGroup(library, shuffled.subList(at, at + group), examples);
            at += group;
        }
        double each = weight / (rows.size() - from);
        for (int row = from; row < rows.size(); row++) {
            weights.add(each);
        }
    }

    private void addGroup(TrainingLibrary library, List<Request> group, Map<String, List<String>> examples) {
        Set<String> kept = new LinkedHashSet<>();
        for (Request request : group) {
            request.tools().stream()
                    .sorted()
                    .filter(tool -> random.nextDouble() < TOOL_KEPT)
                    .forEach(kept::add);
        }
        int most = library.contracts().size();
        int size = Math.max(kept.size(), (int) Math.round(Math.exp(random.nextDouble() * Math.log(most))));
        List<Contract> pool = new ArrayList<>(library.contracts());
        Collections.shuffle(pool, random);
        boolean exemplified = random.nextDouble() < withExamples;
        List<Contract> cards = new ArrayList<>();
        for (Contract contract : pool) {
            boolean needed = kept.contains(contract.getId());
            if (needed || cards.size() < size - remaining(kept, cards)) {
                cards.add(exemplified ? exemplified(contract, examples, group) : contract);
            }
        }
        Catalogue catalogue = new Catalogue(
                cards, cards.stream().map(card -> CardVectors.of(card, encoder)).toList());
        CardIndex index = catalogue.all();
        for (Request request : group) {
            float[][] features = Features.of(query(request.text()), new CloseLook(new Comparisons(catalogue), index));
            for (int card = 0; card < features.length; card++) {
                rows.add(features[card]);
                labels.add(request.tools().contains(index.contract(card).getId()) ? 1.0 : 0.0);
            }
        }
    }

    private static int remaining(Set<String> kept, List<Contract> cards) {
        Set<String> missing = new LinkedHashSet<>(kept);
        cards.forEach(card -> missing.remove(card.getId()));
        return missing.size();
    }

    private Contract exemplified(Contract contract, Map<String, List<String>> examples, List<Request> group) {
        List<String> known = examples.getOrDefault(contract.getId(), List.of());
        if (known.isEmpty()) {
            return contract;
        }
        Contract.Builder card = contract.toBuilder();
        int count = 1 + random.nextInt(MAX_EXAMPLES);
        for (int i = 0; i < count; i++) {
            String example = known.get(random.nextInt(known.size()));
            if (group.stream().noneMatch(request -> request.text().contains(example))) {
                card.addExamples(example);
            }
        }
        return card.build();
    }

    /** Requests that need one tool alone can stand on its card as examples. */
    private static Map<String, List<String>> examples(List<Request> requests) {
        Map<String, List<String>> examples = new TreeMap<>();
        for (Request request : requests) {
            if (request.tools().size() == 1) {
                examples.computeIfAbsent(request.tools().iterator().next(), key -> new ArrayList<>())
                        .add(request.text());
            }
        }
        return examples;
    }

    Query query(String text) {
        Interpretation interpretation = interpreter.interpret(text);
        List<String> clauses = interpretation.clauses().stream()
                .filter(clause -> !clause.negated())
                .map(interpretation::asked)
                .filter(clause -> !clause.isBlank())
                .toList();
        String wanted = interpretation.wanted().isBlank() ? text : interpretation.wanted();
        List<String> used = clauses.isEmpty() ? List.of(wanted) : clauses;
        return Query.of(wanted, used, encoder.encode(used));
    }

    Reranker fit() {
        float[][] matrix = rows.toArray(float[][]::new);
        double[] truth = labels.stream().mapToDouble(Double::doubleValue).toArray();
        double[] rowWeights = weights.stream().mapToDouble(Double::doubleValue).toArray();
        return new Reranker(
                LogisticTrainer.fit(matrix, truth, rowWeights, 0.002),
                new BoostingTrainer(150, 10, 0.12).fit(matrix, truth, rowWeights));
    }

    int size() {
        return rows.size();
    }
}
