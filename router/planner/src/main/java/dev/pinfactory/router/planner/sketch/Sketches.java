package dev.pinfactory.router.planner.sketch;

import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.proto.v1.Port;
import dev.pinfactory.router.planner.ground.CardScore;
import dev.pinfactory.router.planner.interpret.Clause;
import dev.pinfactory.router.planner.interpret.Interpretation;
import dev.pinfactory.router.planner.interpret.Token;
import dev.pinfactory.router.planner.interpret.Words;
import dev.pinfactory.router.planner.sketch.RawValues.RawValue;
import dev.pinfactory.router.planner.sketch.Sketch.Link;
import dev.pinfactory.router.planner.sketch.Sketch.Use;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Puts chosen specialists into an order, links them, and gives each the words that it works on. */
public final class Sketches {
    /**
     * How much the reading of the words says of a specialist's place, where it declares no types; the rest is said by its name. Where there are types they tell who works first, and the name says
     * better where it is spoken of.
     */
    private static final double READ = 0.7;

    private Sketches() {}

    /** The chosen contracts with where the instruction speaks of each, in that order. */
    public static List<Use> uses(Interpretation interpretation, List<CardScore> chosen) {
        List<Use> uses = new ArrayList<>();
        for (CardScore score : chosen) {
            uses.add(new Use(score.contract(), mention(interpretation, score), List.of()));
        }
        uses.sort(Comparator.comparingDouble(Use::mention)
                .thenComparing(use -> use.contract().getId()));
        return uses;
    }

    /** Rows for every pair of them. */
    public static EdgeFeatures features(Interpretation interpretation, List<Use> uses, ToolGraph graph) {
        return new EdgeFeatures(uses, graph, RawValues.types(RawValues.of(interpretation.tokens())));
    }

    /** The links between them. */
    public static List<Link> links(EdgeFeatures features, List<Use> uses, LinkScorer scorer) {
        return Linking.of(uses, features, scorer);
    }

    private static double mention(Interpretation interpretation, CardScore score) {
        double named = named(interpretation, score);
        if (score.mention().isEmpty() || score.contract().getInputsCount() > 0) {
            return named;
        }
        return READ * place(interpretation.clauses(), score.mention().getAsInt()) + (1 - READ) * named;
    }

    /** In the order of the clauses, which is that of the work. */
    private static double place(List<Clause> clauses, int at) {
        for (int i = 0; i < clauses.size(); i++) {
            Clause clause = clauses.get(i);
            if (at >= clause.start() && at < clause.end()) {
                return (i + (at - clause.start()) / (double) (clause.end() - clause.start())) / clauses.size();
            }
        }
        long before = clauses.stream().filter(clause -> clause.end() <= at).count();
        return before / (double) clauses.size();
    }

    /** The clause that asks for it most, and in it the first word that is its own. */
    private static double named(Interpretation interpretation, CardScore score) {
        List<Clause> clauses = interpretation.clauses();
        int best = 0;
        for (int clause = 1; clause < clauses.size(); clause++) {
            best = score.of(clause) > score.of(best) + 1e-9 ? clause : best;
        }
        Clause clause = clauses.get(best);
        Contract contract = score.contract();
        Set<String> name = Words.contentStems(contract.getId().replace('_', ' '));
        Set<String> text = Words.contentStems(contract.getDescription());
        double within = 0.999;
        boolean named = false;
        for (Token token : interpretation.tokensOf(clause)) {
            String stem = Words.stem(token.lower());
            double at = (token.start() - clause.start()) / (double) Math.max(1, clause.end() - clause.start());
            if (!named && name.contains(stem)) {
                named = true;
                within = at;
            } else if (!named && within > 0.99 && text.contains(stem)) {
                within = at;
            }
        }
        return (best + within) / clauses.size();
    }

    /** Gives each use the values of the instruction that no link feeds it: of its input types, nearest to where it is spoken of. */
    public static List<Use> withValues(Interpretation interpretation, List<Use> uses, List<Link> links) {
        List<RawValue> values = RawValues.of(interpretation.tokens());
        List<Use> fed = new ArrayList<>();
        for (Use use : uses) {
            List<String> open = new ArrayList<>();
            use.contract().getInputsList().stream().map(Port::getType).forEach(open::add);
            links.stream()
                    .filter(link -> link.to().equals(use.contract().getId()))
                    .forEach(link -> uses.stream()
                            .filter(from -> from.contract().getId().equals(link.from()))
                            .flatMap(from -> from.contract().getOutputsList().stream())
                            .map(Port::getType)
                            .filter(open::contains)
                            .findFirst()
                            .ifPresent(open::remove));
            Set<RawValue> used = new HashSet<>();
            List<String> taken = new ArrayList<>();
            for (String type : open) {
                values.stream()
                        .filter(value -> value.type().equals(type) && !used.contains(value))
                        .min(Comparator.comparingDouble(
                                value -> Math.abs(place(interpretation, value) - use.mention())))
                        .ifPresent(value -> {
                            used.add(value);
                            taken.add(value.text());
                        });
            }
            fed.add(new Use(use.contract(), use.mention(), taken));
        }
        return fed;
    }

    private static double place(Interpretation interpretation, RawValue value) {
        List<Clause> clauses = interpretation.clauses();
        for (int clause = 0; clause < clauses.size(); clause++) {
            Clause at = clauses.get(clause);
            if (value.start() >= at.start() && value.start() < at.end()) {
                return (clause + (value.start() - at.start()) / (double) Math.max(1, at.end() - at.start()))
                        / clauses.size();
            }
        }
        return 0;
    }
}
