package dev.pinfactory.orchestrator.engine;

import dev.pinfactory.proto.v1.Binding;
import dev.pinfactory.proto.v1.InputBinding;
import dev.pinfactory.proto.v1.ParameterBinding;
import dev.pinfactory.proto.v1.Plan;
import dev.pinfactory.proto.v1.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which step of a plan waits for which. Steps are their index in the plan. Immutable. */
final class PlanGraph {
    private final Map<String, Integer> indexes;
    private final List<List<Integer>> needs;
    private final List<List<Integer>> dependents;
    private final List<Integer> order;

    /**
     * @throws IllegalArgumentException for a plan that validation would have refused: a step id twice, an unknown step, a cycle
     */
    PlanGraph(Plan plan) {
        indexes = HashMap.newHashMap(plan.getStepsCount());
        needs = new ArrayList<>(plan.getStepsCount());
        dependents = new ArrayList<>(plan.getStepsCount());
        for (Step step : plan.getStepsList()) {
            if (indexes.putIfAbsent(step.getId(), indexes.size()) != null) {
                throw new IllegalArgumentException("two steps have the id '" + step.getId() + "'");
            }
            needs.add(new ArrayList<>(2));
            dependents.add(new ArrayList<>(2));
        }
        for (int index = 0; index < size(); index++) {
            Step step = plan.getSteps(index);
            for (InputBinding input : step.getInputsList()) {
                for (Binding source : input.getSourcesList()) {
                    connect(source, index);
                }
            }
            for (ParameterBinding parameter : step.getParametersList()) {
                connect(parameter.getSource(), index);
            }
            if (step.hasWhen()) {
                connect(step.getWhen().getOutput().getStep(), index);
            }
        }
        order = topologicalOrder();
    }

    int size() {
        return needs.size();
    }

    /** -1 for an unknown step. */
    int find(String step) {
        return indexes.getOrDefault(step, -1);
    }

    List<Integer> needs(int step) {
        return needs.get(step);
    }

    List<Integer> dependents(int step) {
        return dependents.get(step);
    }

    /** Every step after those that it needs. */
    List<Integer> order() {
        return order;
    }

    private int indexOf(String step) {
        Integer index = indexes.get(step);
        if (index == null) {
            throw new IllegalArgumentException("the plan has no step '" + step + "'");
        }
        return index;
    }

    private void connect(Binding source, int dependent) {
        if (source.hasStepOutput()) {
            connect(source.getStepOutput().getStep(), dependent);
        }
    }

    private void connect(String step, int dependent) {
        int needed = indexOf(step);
        if (!needs.get(dependent).contains(needed)) {
            needs.get(dependent).add(needed);
            dependents.get(needed).add(dependent);
        }
    }

    /** The order is its own queue: what it gives is read from its front while steps that have become ready are added at its end. */
    private List<Integer> topologicalOrder() {
        int[] open = new int[size()];
        List<Integer> sorted = new ArrayList<>(size());
        for (int step = 0; step < size(); step++) {
            open[step] = needs.get(step).size();
            if (open[step] == 0) {
                sorted.add(step);
            }
        }
        for (int next = 0; next < sorted.size(); next++) {
            for (int dependent : dependents.get(sorted.get(next))) {
                if (--open[dependent] == 0) {
                    sorted.add(dependent);
                }
            }
        }
        if (sorted.size() < size()) {
            throw new IllegalArgumentException("the plan has a cycle");
        }
        return sorted;
    }
}
