package dev.pinfactory.router.planner.sketch;

import dev.pinfactory.router.planner.sketch.Sketch.Link;
import dev.pinfactory.router.planner.sketch.Sketch.Use;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Decides who feeds whom: the likeliest acyclic links, no more into a specialist than it has inputs. */
final class Linking {
    /** A specialist without any link takes its best one down to these log-odds: in a request for several things few stand alone. */
    private static final double LONELY = -1.5;

    private record Scored(int from, int to, double logit) {}

    private final List<Use> uses;
    private final List<Scored> candidates = new ArrayList<>();
    private final List<Scored> taken = new ArrayList<>();
    private final boolean typed;

    private Linking(List<Use> uses, EdgeFeatures features, LinkScorer scorer) {
        this.uses = uses;
        this.typed = features.typed();
        for (int from = 0; from < uses.size(); from++) {
            for (int to = 0; to < uses.size(); to++) {
                if (features.feeds(from, to)) {
                    candidates.add(
                            new Scored(from, to, scorer.logit(uses.get(from), uses.get(to), features.row(from, to))));
                }
            }
        }
        candidates.sort(Comparator.comparingDouble(Scored::logit)
                .reversed()
                .thenComparing(Scored::from)
                .thenComparing(Scored::to));
    }

    static List<Link> of(List<Use> uses, EdgeFeatures features, LinkScorer scorer) {
        return new Linking(uses, features, scorer).links();
    }

    private List<Link> links() {
        for (Scored link : candidates) {
            if (link.logit() > 0 && room(link)) {
                taken.add(link);
            }
        }
        for (Scored link : candidates) {
            boolean lonely = taken.stream()
                    .noneMatch(other -> other.from() == link.from()
                            || other.to() == link.from()
                            || other.from() == link.to()
                            || other.to() == link.to());
            if (link.logit() > LONELY && lonely && room(link)) {
                taken.add(link);
            }
        }
        return taken.stream()
                .sorted(Comparator.comparingInt(Scored::from).thenComparingInt(Scored::to))
                .map(link -> new Link(
                        uses.get(link.from()).contract().getId(),
                        uses.get(link.to()).contract().getId()))
                .toList();
    }

    private boolean room(Scored link) {
        long into = taken.stream().filter(other -> other.to() == link.to()).count();
        long most = typed ? Math.max(1, uses.get(link.to()).contract().getInputsCount()) : 1;
        boolean onlyOne = !typed && taken.stream().anyMatch(other -> other.from() == link.from());
        return into < most && !onlyOne && !reaches(link.to(), link.from());
    }

    private boolean reaches(int from, int goal) {
        Set<Integer> seen = new HashSet<>();
        List<Integer> open = new ArrayList<>(List.of(from));
        while (!open.isEmpty()) {
            int at = open.removeLast();
            if (at == goal) {
                return true;
            }
            if (seen.add(at)) {
                taken.stream().filter(link -> link.from() == at).forEach(link -> open.add(link.to()));
            }
        }
        return false;
    }
}
