package dev.pinfactory.router.models;

import dev.pinfactory.router.planner.ground.Grounding;
import dev.pinfactory.router.planner.interpret.Interpretation;
import dev.pinfactory.router.planner.sketch.Sketch.Link;
import java.util.Set;

/**
 * A labelled request, and what the router that is fitted makes of it.
 *
 * @param vector direction of its meaning
 * @param tools ids of the right tools
 * @param links who feeds whom; empty where nobody has said
 */
record FitExample(Interpretation read, Grounding grounding, float[] vector, Set<String> tools, Set<Link> links) {
    FitExample {
        tools = Set.copyOf(tools);
        links = Set.copyOf(links);
    }

    /** The same as if some cards had not been there. */
    FitExample without(Set<String> cards) {
        Grounding others = new Grounding(grounding.scores().stream()
                .filter(score -> !cards.contains(score.contract().getId()))
                .toList());
        return new FitExample(read, others, vector, tools, links);
    }

    String text() {
        return read.instruction();
    }
}
