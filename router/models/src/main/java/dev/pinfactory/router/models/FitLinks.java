package dev.pinfactory.router.models;

import dev.pinfactory.router.planner.ground.CardScore;
import dev.pinfactory.router.planner.sketch.EdgeFeatures;
import dev.pinfactory.router.planner.sketch.LinkScorer;
import dev.pinfactory.router.planner.sketch.Sketch.Link;
import dev.pinfactory.router.planner.sketch.Sketch.Use;
import dev.pinfactory.router.planner.sketch.Sketches;
import dev.pinfactory.router.planner.sketch.ToolGraph;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

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
     * What fitting brings, with the right tools given.
     *
     * @param before mean link F1 of the model that was there, in percent
     * @param after of the fitted one
     * @param model fitted to all examples; empty where it is no better, or there are too few
     */
    record Fitted(double before, double after, int n, Optional<LinkModel> model) {}

    Fitted fit(List<FitExample> training, List<FitExample> validation) {
        List<FitExample> held = linked(validation);
        if (linked(training).size() < FEWEST || held.isEmpty()) {
            return new Fitted(Double.NaN, Double.NaN, 0, Optional.empty());
        }
        double before = f1(held, base);
        double after = f1(held, train(linked(training)));
        if (after <= before) {
            return new Fitted(before, after, held.size(), Optional.empty());
        }
        List<FitExample> all = new java.util.ArrayList<>(linked(training));
        all.addAll(held);
        return new Fitted(before, after, held.size(), Optional.of(train(all)));
    }

    private static List<FitExample> linked(List<FitExample> examples) {
        return examples.stream().filter(example -> !example.links().isEmpty()).toList();
    }

    private LinkModel train(List<FitExample> examples) {
        LinkTrainer trainer = new LinkTrainer();
        for (FitExample example : examples) {
            List<Use> uses = uses(example);
            trainer.add(uses, Sketches.features(example.read(), uses, graph), example.links(), 1);
        }
        return trainer.fit();
    }

    private double f1(List<FitExample> examples, LinkScorer scorer) {
        double sum = 0;
        for (FitExample example : examples) {
            List<Use> uses = uses(example);
            EdgeFeatures features = Sketches.features(example.read(), uses, graph);
            Set<Link> links = new HashSet<>(Sketches.links(features, uses, scorer));
            long right = links.stream().filter(example.links()::contains).count();
            sum += 2.0 * right / (links.size() + example.links().size());
        }
        return 100 * sum / examples.size();
    }

    private static List<Use> uses(FitExample example) {
        List<CardScore> right = example.grounding().scores().stream()
                .filter(score -> example.tools().contains(score.contract().getId()))
                .toList();
        return Sketches.uses(example.read(), right);
    }
}
