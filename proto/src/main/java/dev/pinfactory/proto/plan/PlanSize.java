package dev.pinfactory.proto.plan;

import com.google.protobuf.Value;
import dev.pinfactory.proto.plan.Violation.Rule;
import dev.pinfactory.proto.v1.Binding;
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
    /** Of a plan as a message: bounds every name, value and text that has no bound of its own. The largest that was seen has a tenth. */
    private static final int MAX_BYTES = 1 << 20;

    /** Of all steps together, in lists of the longest that one step may gather. */
    private static final int SOURCES_OF_ONE = 4;

    private static final int MAX_LEVELS = 4_096;
    private static final int MAX_VALUES = 100;

    private final List<Violation> violations = new ArrayList<>();
    private final PlanLimits limits;
    private int sources;
    private int levels;

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
        most("", "steps", sources, SOURCES_OF_ONE * limits.items(), "sources together");
        most("", "plan", levels, MAX_LEVELS, "levels of JSON Pointers together");
        // Last: counting the bytes of maps makes an object of each entry.
        if (violations.isEmpty()) {
            most("", "plan", plan.getSerializedSize(), MAX_BYTES, "bytes");
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
        int ofStep = 0;
        for (InputBinding input : step.getInputsList()) {
            ofStep += input.getSourcesCount();
        }
        most(id, "inputs", ofStep, limits.items(), "sources");
        sources += ofStep;
        if (sources <= SOURCES_OF_ONE * limits.items()) {
            step.getInputsList().forEach(input -> input.getSourcesList().forEach(this::binding));
        }
        step.getParametersList().forEach(parameter -> binding(parameter.getSource()));
        for (int i = 0; i < Math.min(MAX_FALLBACKS, step.getFallbacksCount()); i++) {
            most(id, "fallbacks", step.getFallbacks(i).getPortsCount(), MAX_PORTS + MAX_PARAMETERS, "names");
        }
        if (step.hasWhen()) {
            levels(step.getWhen().getOutput().getPointer());
            value(id, step.getWhen().getValue());
        }
    }

    private void binding(Binding binding) {
        levels(binding.getTaskInput().getPointer());
        levels(binding.getStepOutput().getPointer());
    }

    /** Each becomes a word of its own. */
    private void levels(String pointer) {
        for (int i = pointer.indexOf('/'); i >= 0 && levels <= MAX_LEVELS; i = pointer.indexOf('/', i + 1)) {
            levels++;
        }
    }

    /** A scalar, or a list of scalars. */
    private void value(String step, Value value) {
        int inside = value.getStructValue().getFieldsCount();
        most(step, "when.value", value.getListValue().getValuesCount(), MAX_VALUES, "values");
        for (int i = 0; i < Math.min(MAX_VALUES, value.getListValue().getValuesCount()); i++) {
            Value element = value.getListValue().getValues(i);
            inside += element.getStructValue().getFieldsCount()
                    + element.getListValue().getValuesCount();
        }
        most(step, "when.value", inside, 0, "values inside values");
    }

    private void output(OutputMapping mapping, int index) {
        most("", "output[" + index + "].sources", mapping.getSourcesCount(), limits.edges(), "sources");
        for (int i = 0; i < Math.min(limits.edges(), mapping.getSourcesCount()); i++) {
            levels(mapping.getSources(i).getPointer());
        }
        levels(mapping.getTarget());
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
