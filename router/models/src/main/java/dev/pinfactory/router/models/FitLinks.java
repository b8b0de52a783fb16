package dev.pinfactory.router.models;

import dev.pinfactory.router.planner.ground.CardScore;
import dev.pinfactory.router.planner.ground.Selection;
import dev.pinfactory.router.planner.sketch.EdgeFeatures;
import dev.pinfactory.router.planner.sketch.LinkScorer;
import dev.pinfactory.router.planner.sketch.Sketch.Link;
import dev.pinfactory.router.planner.sketch.Sketch.Use;
import dev.pinfactory.router.planner.sketch.Sketches;
import dev.pinfactory.router.planner.sketch.ToolGraph;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Fits the link model to examples whose links are known, if that beats the one that is there on examples it has not seen. */
final class FitLinks {
    private static final int FEWEST = 50;

    private final ToolGraph graph;
    private final LinkScorer base;

    FitLinks(ToolGraph graph, LinkScorer base) {
        this.graph = graph;
        this.base = base;
    }

    /**
     * What fitting brings, measured on examples that it has not seen.
     *
     * @param before mean link F1 of the model that was there, with the right tools given, in percent
     * @param after of the fitted one
     * @param chosenBefore mean link F1 of the model that was there, with the tools that the fitted router chooses
     * @param chosenAfter of the fitted one
     */
    record Comparison(double before, double after, double chosenBefore, double chosenAfter, int n) {
        boolean isBetter() {
            return after > before;
        }

        String line() {
            return String.format(
                    Locale.ROOT,
                    "Links: F1 %.1f before, %.1f fitted with the right tools given; %.1f before, %.1f fitted with the chosen tools; n = %d",
                    before,
                    after,
                    chosenBefore,
                    chosenAfter,
                    n);
        }
    }

    /**
     * Compares; empty where too few examples have links.
     *
     * @param heads fitted to the training part, as it is ordered there
     */
    Optional<Comparison> compare(
            List<FitExample> training,
            List<FitExample> validation,
            FittedHeads heads,
            Function<FitExample, Selection> select) {
        List<FitExample> held = linked(validation);
        if (linked(training).size() < FEWEST || held.isEmpty()) {
            return Optional.empty();
        }
        FittedLinks links = fit(training, heads);
        Function<FitExample, LinkScorer> before = example -> base;
        Function<FitExample, LinkScorer> after =
                example -> links.scorer(heads.places(), heads.similarities(example.text(), example.vector()));
        Function<FitExample, List<CardScore>> chosen =
                example -> select.apply(example).chosen();
        return Optional.of(new Comparison(
                f1(held, FitLinks::right, before),
                f1(held, FitLinks::right, after),
                f1(held, chosen, before),
                f1(held, chosen, after),
                held.size()));
    }

    private static List<FitExample> linked(List<FitExample> examples) {
        return examples.stream().filter(example -> !example.links().isEmpty()).toList();
    }

    /**
     * Fits to examples.
     *
     * @param heads fitted to the same examples
     */
    FittedLinks fit(List<FitExample> examples, FittedHeads heads) {
        Map<String, Integer> places = heads.places();
        LinkHistory history = LinkHistory.of(examples, places);
        LinkTrainer trainer = new LinkTrainer();
        for (int i = 0; i < examples.size(); i++) {
            FitExample example = examples.get(i);
            if (example.links().isEmpty()) {
                continue;
            }
            int without = i;
            float[] similarities = heads.similarities(example.text(), example.vector());
            List<Use> uses = Sketches.uses(example.read(), right(example));
            trainer.add(
                    uses,
                    Sketches.features(example.read(), uses, graph),
                    example.links(),
                    1,
                    (from, to, features) -> history.row(
                            features,
                            places.getOrDefault(from.contract().getId(), -1),
                            places.getOrDefault(to.contract().getId(), -1),
                            similarities,
                            without));
        }
        return new FittedLinks(history, trainer.fit());
    }

    private double f1(
            List<FitExample> examples,
            Function<FitExample, List<CardScore>> tools,
            Function<FitExample, LinkScorer> scorer) {
        double sum = 0;
        for (FitExample example : examples) {
            List<Use> uses = Sketches.uses(example.read(), tools.apply(example));
            EdgeFeatures features = Sketches.features(example.read(), uses, graph);
            Set<Link> links = new HashSet<>(Sketches.links(features, uses, scorer.apply(example)));
            long right = links.stream().filter(example.links()::contains).count();
            sum += 2.0 * right / (links.size() + example.links().size());
        }
        return 100 * sum / examples.size();
    }

    private static List<CardScore> right(FitExample example) {
        return example.grounding().scores().stream()
                .filter(score -> example.tools().contains(score.contract().getId()))
                .toList();
    }
}
