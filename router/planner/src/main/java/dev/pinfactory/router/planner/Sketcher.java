package dev.pinfactory.router.planner;

import dev.pinfactory.proto.card.Contracts;
import dev.pinfactory.router.planner.ground.CardScore;
import dev.pinfactory.router.planner.interpret.Interpretation;
import dev.pinfactory.router.planner.sketch.LinkScorer;
import dev.pinfactory.router.planner.sketch.Sketch;
import dev.pinfactory.router.planner.sketch.Sketch.Link;
import dev.pinfactory.router.planner.sketch.Sketch.Use;
import dev.pinfactory.router.planner.sketch.Sketches;
import dev.pinfactory.router.planner.sketch.ToolGraph;
import java.util.List;

/** Sketches what an instruction asks for, by the same reading of it that {@link EncoderPlanner} plans from. Safe for concurrent use. */
public final class Sketcher {
    private final PlannerModels models;
    private final LinkScorer links;

    public Sketcher(PlannerModels models, LinkScorer links) {
        this.models = models;
        this.links = links;
    }

    /** Never empty unless there is nothing to choose from: where the planner would refuse, the best guess, marked as refused. */
    public Sketch sketch(String instruction, Contracts contracts, ToolGraph graph) {
        Understanding understood = Understanding.of(instruction, contracts, models);
        List<CardScore> chosen = understood.selection().chosen();
        boolean refused = chosen.isEmpty() || !EncoderPlanner.isKnownLanguage(models, instruction);
        if (chosen.isEmpty()) {
            chosen = understood.grounding().scores().stream().limit(1).toList();
        }
        Interpretation interpretation = understood.interpretation();
        List<Use> uses = Sketches.uses(interpretation, chosen);
        List<Link> linked =
                Sketches.links(Sketches.features(interpretation, uses, graph), uses, links.of(interpretation));
        double confidence = models.calibration().confidence(understood.evidence());
        return new Sketch(Sketches.withValues(interpretation, uses, linked), linked, confidence, refused);
    }
}
