package dev.pinfactory.proto.plan;

import static dev.pinfactory.proto.plan.Report.quoted;

import dev.pinfactory.proto.plan.Violation.Rule;
import dev.pinfactory.proto.type.JsonPointer;
import dev.pinfactory.proto.v1.OutputMapping;
import dev.pinfactory.proto.v1.Step;
import dev.pinfactory.proto.v1.StepOutput;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The output mapping: every source is there and deliverable, and no two mappings write the same place or one inside the other. */
final class OutputRules {
    /** The targets as a tree of tokens, so that a prefix is found while walking down. */
    private static final class Place {
        final Map<String, Place> below = new HashMap<>();
        boolean taken;
    }

    private final PlanContext context;
    private final Sources sources;
    private final Place root = new Place();

    OutputRules(PlanContext context) {
        this.context = context;
        this.sources = new Sources(context);
    }

    void check() {
        if (!anyDeliverable()) {
            context.report.add("", "steps", Rule.OUTPUT, "no step is deliverable, so the result would be empty");
        } else if (context.plan.getOutputCount() == 0) {
            context.report.add("", "output", Rule.OUTPUT, "no output mapping, so the result would be empty");
        }
        for (int i = 0; i < context.plan.getOutputCount(); i++) {
            mapping(context.plan.getOutput(i), "output[" + i + "]");
        }
    }

    private boolean anyDeliverable() {
        for (Step step : context.plan.getStepsList()) {
            if (step.getDeliverable()) {
                return true;
            }
        }
        return false;
    }

    private void mapping(OutputMapping mapping, String field) {
        if (mapping.getSourcesCount() == 0) {
            context.report.add("", field + ".sources", Rule.MISSING, "the mapping has no source");
        }
        if (!(mapping.getConfidence() >= 0 && mapping.getConfidence() <= 1)) {
            context.report.add(
                    "", field + ".confidence", Rule.RANGE, mapping.getConfidence() + " is not between 0 and 1");
        }
        for (StepOutput source : mapping.getSourcesList()) {
            sources.stepOutput("", field + ".sources", source);
            int step = context.index(source.getStep());
            if (step >= 0 && !context.plan.getSteps(step).getDeliverable()) {
                context.report.add(
                        "",
                        field + ".sources",
                        Rule.OUTPUT,
                        "step " + quoted(source.getStep())
                                + " is not deliverable, so its outputs are not part of the result");
            }
        }
        Optional<JsonPointer> target = JsonPointer.parse(mapping.getTarget());
        if (target.isEmpty()) {
            context.report.add(
                    "", field + ".target", Rule.POINTER, quoted(mapping.getTarget()) + " is not a JSON Pointer");
        } else if (!take(target.get())) {
            context.report.add(
                    "",
                    field + ".target",
                    Rule.OUTPUT,
                    quoted(mapping.getTarget())
                            + " is a place that another mapping writes, or lies inside or around one");
        }
    }

    private boolean take(JsonPointer target) {
        Place place = root;
        for (String token : target.tokens()) {
            if (place.taken) {
                return false;
            }
            place = place.below.computeIfAbsent(token, key -> new Place());
        }
        if (place.taken || !place.below.isEmpty()) {
            return false;
        }
        place.taken = true;
        return true;
    }
}
