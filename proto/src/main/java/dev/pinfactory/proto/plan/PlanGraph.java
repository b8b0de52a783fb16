package dev.pinfactory.proto.plan;

import dev.pinfactory.proto.plan.Violation.Rule;
import dev.pinfactory.proto.v1.Binding;
import dev.pinfactory.proto.v1.Plan;
import dev.pinfactory.proto.v1.Step;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Which step waits for which: ids, cycles, depth and fan-out, and the order in which the other rules may walk. */
final class PlanGraph {
    private static final Pattern STEP_ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_./-]{0,127}");

    private final Map<String, Set<String>> needs = new LinkedHashMap<>();
    private final List<String> order = new ArrayList<>();

    private PlanGraph(Plan plan) {
        for (Step step : plan.getStepsList()) {
            Set<String> needed = needs.computeIfAbsent(step.getId(), id -> new LinkedHashSet<>());
            step.getInputsList().forEach(input -> input.getSourcesList().forEach(source -> add(source, needed)));
            step.getParametersList().forEach(parameter -> add(parameter.getSource(), needed));
            if (step.hasWhen()) {
                needed.add(step.getWhen().getOutput().getStep());
            }
        }
        needs.values().forEach(needed -> needed.retainAll(needs.keySet()));
        sort();
    }

    static PlanGraph of(PlanContext context, PlanLimits limits) {
        ids(context);
        PlanGraph graph = new PlanGraph(context.plan);
        graph.cycles(context.report);
        graph.size(context.report, limits);
        return graph;
    }

    /** Step ids, each after those it waits for; steps of a cycle, and those behind it, are left out. */
    List<String> order() {
        return order;
    }

    private static void ids(PlanContext context) {
        Set<String> seen = new LinkedHashSet<>();
        for (int i = 0; i < context.plan.getStepsCount(); i++) {
            String id = context.plan.getSteps(i).getId();
            if (!STEP_ID.matcher(id).matches()) {
                context.report.add(
                        id,
                        "id",
                        Rule.STEP_ID,
                        "step " + i + " has the id " + Report.quoted(id)
                                + "; expected 1 to 128 of a-z, A-Z, 0-9, '_', '.', '/', '-'");
            } else if (!seen.add(id)) {
                context.report.add(id, "id", Rule.DUPLICATE, "more than one step has the id " + Report.quoted(id));
            }
        }
    }

    private static void add(Binding source, Set<String> needed) {
        if (source.hasStepOutput()) {
            needed.add(source.getStepOutput().getStep());
        }
    }

    private void sort() {
        Map<String, Integer> waiting = new HashMap<>();
        Map<String, List<String>> users = new HashMap<>();
        Deque<String> ready = new ArrayDeque<>();
        needs.forEach((id, needed) -> {
            waiting.put(id, needed.size());
            needed.forEach(other ->
                    users.computeIfAbsent(other, key -> new ArrayList<>()).add(id));
            if (needed.isEmpty()) {
                ready.add(id);
            }
        });
        while (!ready.isEmpty()) {
            String id = ready.remove();
            order.add(id);
            for (String user : users.getOrDefault(id, List.of())) {
                if (waiting.merge(user, -1, Integer::sum) == 0) {
                    ready.add(user);
                }
            }
        }
    }

    private void cycles(Report report) {
        Set<String> left = new LinkedHashSet<>(needs.keySet());
        order.forEach(left::remove);
        while (!left.isEmpty()) {
            // Every step that is left waits for one that is left, so walking backwards meets itself.
            List<String> path = new ArrayList<>();
            String id = left.iterator().next();
            while (!path.contains(id)) {
                path.add(id);
                id = needs.getOrDefault(id, Set.of()).stream()
                        .filter(left::contains)
                        .findFirst()
                        .orElse("");
                if (id.isEmpty()) {
                    // Behind a cycle that has been reported already.
                    path.forEach(left::remove);
                    break;
                }
            }
            if (!id.isEmpty()) {
                List<String> cycle = new ArrayList<>(
                        path.subList(path.indexOf(id), path.size()).reversed());
                cycle.addFirst(id);
                report.add(
                        id,
                        "inputs",
                        Rule.CYCLE,
                        "steps wait for each other: "
                                + String.join(
                                        " → ",
                                        cycle.stream().map(Report::quoted).toList()));
                cycle.forEach(left::remove);
            }
        }
    }

    private void size(Report report, PlanLimits limits) {
        Map<String, Integer> levels = new HashMap<>();
        Map<String, Integer> users = new HashMap<>();
        for (String id : order) {
            int level = 1;
            for (String needed : needs.getOrDefault(id, Set.of())) {
                level = Math.max(level, levels.getOrDefault(needed, 0) + 1);
            }
            levels.put(id, level);
            if (level == limits.depth() + 1) {
                report.add(
                        id,
                        "inputs",
                        Rule.TOO_LARGE,
                        "stands on level " + level + " of the plan; at most " + limits.depth() + " are allowed");
            }
        }
        needs.values().forEach(needed -> needed.forEach(other -> users.merge(other, 1, Integer::sum)));
        users.forEach((id, count) -> {
            if (count > limits.edges()) {
                report.add(
                        id,
                        "outputs",
                        Rule.TOO_LARGE,
                        count + " steps use its outputs; at most " + limits.edges() + " are allowed");
            }
        });
    }
}
