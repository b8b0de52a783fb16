package dev.pinfactory.proto.plan;

import dev.pinfactory.proto.plan.Violation.Rule;
import dev.pinfactory.proto.v1.InputBinding;
import dev.pinfactory.proto.v1.OutputMapping;
import dev.pinfactory.proto.v1.Plan;
import dev.pinfactory.proto.v1.Step;
import java.util.ArrayList;
import java.util.List;

/**
 * The caps that are counted before anything else is looked at, in one pass without a copy: a plan that passes is small, so that the rules
 * behind it need no bounds of their own.
 */
final class PlanSize {
    private static final int MAX_PORTS = 64;
    private static final int MAX_PARAMETERS = 64;
    private static final int MAX_FALLBACKS = 8;
    private static final int MAX_CANDIDATES = 8;
    private static final int MAX_OUTPUTS = 1_000;
    private static final int MAX_NAME = 256;
    private static final int MAX_POINTER = 1_024;
    private static final int MAX_TEXT = 2_000;

    private final List<Violation> violations = new ArrayList<>();
    private final PlanLimits limits;

    private PlanSize(PlanLimits limits) {
        this.limits = limits;
    }

    static List<Violation> check(Plan plan, PlanLimits limits) {
        PlanSize size = new PlanSize(limits);
        size.plan(plan);
        return List.copyOf(size.violations);
    }

    private void plan(Plan plan) {
        most("", "steps", plan.getStepsCount(), limits.steps(), "steps");
        most("", "output", plan.getOutputCount(), MAX_OUTPUTS, "output mappings");
        most("", "unmet", plan.getUnmetCount(), limits.steps(), "unmet requests");
        if (!violations.isEmpty()) {
            return;
        }
        if (plan.getStepsCount() == 0) {
            violations.add(new Violation("", "steps", Rule.MISSING, "the plan has no steps; at least one is needed"));
        }
        plan.getStepsList().forEach(this::step);
        for (int i = 0; i < plan.getOutputCount(); i++) {
            output(plan.getOutput(i), i);
        }
    }

    private void step(Step step) {
        String id = shortened(step.getId());
        most(id, "id", step.getId().length(), MAX_NAME, "characters");
        most(id, "specialist", step.getSpecialist().length(), MAX_NAME, "characters");
        most(id, "for_each", step.getForEach().length(), MAX_NAME, "characters");
        most(id, "reason", step.getReason().length(), MAX_TEXT, "characters");
        most(id, "asked_by", step.getAskedByCount(), limits.edges(), "spans");
        most(id, "inputs", step.getInputsCount(), MAX_PORTS, "input bindings");
        most(id, "parameters", step.getParametersCount(), MAX_PARAMETERS, "parameter bindings");
        most(id, "fallbacks", step.getFallbacksCount(), MAX_FALLBACKS, "fallbacks");
        most(id, "candidates", step.getCandidatesCount(), MAX_CANDIDATES, "candidates");
        int sources = 0;
        for (InputBinding input : step.getInputsList()) {
            sources += input.getSourcesCount();
        }
        most(id, "inputs", sources, limits.items(), "sources");
    }

    private void output(OutputMapping mapping, int index) {
        most("", "output[" + index + "].sources", mapping.getSourcesCount(), limits.edges(), "sources");
        most("", "output[" + index + "].target", mapping.getTarget().length(), MAX_POINTER, "characters");
    }

    private void most(String step, String field, int count, int limit, String what) {
        if (count > limit) {
            violations.add(new Violation(
                    step, field, Rule.TOO_LARGE, count + " " + what + "; at most " + limit + " are allowed"));
        }
    }

    private static String shortened(String id) {
        return id.length() <= MAX_NAME ? id : id.substring(0, 32) + "…";
    }
}
