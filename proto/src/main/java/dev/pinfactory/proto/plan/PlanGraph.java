package dev.pinfactory.proto.plan;

import dev.pinfactory.proto.plan.Violation.Rule;
import dev.pinfactory.proto.v1.Binding;
import dev.pinfactory.proto.v1.InputBinding;
import dev.pinfactory.proto.v1.ParameterBinding;
import dev.pinfactory.proto.v1.Step;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Which step waits for which: ids, cycles, depth and fan-out, and the order in which the other rules may walk. Steps are their index in the plan;
 * where several have one id, the first stands for all.
 */
final class PlanGraph {
    private static final int MAX_ID = 128;

    private final PlanContext context;
    private final List<List<Integer>> needs;
    private final List<List<Integer>> users;
    private final List<Integer> order;

    private PlanGraph(PlanContext context) {
        this.context = context;
        int count = context.plan.getStepsCount();
        needs = new ArrayList<>(count);
        users = new ArrayList<>(count);
        order = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            needs.add(new ArrayList<>(2));
            users.add(new ArrayList<>(2));
        }
        for (Step step : context.plan.getStepsList()) {
            connect(step);
        }
        sort();
    }

    static PlanGraph of(PlanContext context, PlanLimits limits) {
        ids(context);
        PlanGraph graph = new PlanGraph(context);
        graph.cycles();
        graph.size(limits);
        return graph;
    }

    /** Steps, each after those it waits for; steps of a cycle, and those behind it, are left out. */
    List<Integer> order() {
        return order;
    }

    private static void ids(PlanContext context) {
        for (int i = 0; i < context.plan.getStepsCount(); i++) {
            String id = context.plan.getSteps(i).getId();
            if (!isStepId(id)) {
                context.report.add(
                        id,
                        "id",
                        Rule.STEP_ID,
                        "step " + i + " has the id " + Report.quoted(id)
                                + "; expected 1 to 128 of a-z, A-Z, 0-9, '_', '.', '/', '-'");
            } else if (context.index(id) != i) {
                context.report.add(id, "id", Rule.DUPLICATE, "more than one step has the id " + Report.quoted(id));
            }
        }
    }

    private static boolean isStepId(String id) {
        if (id.isEmpty() || id.length() > MAX_ID || !isLetterOrDigit(id.charAt(0))) {
            return false;
        }
        for (int i = 1; i < id.length(); i++) {
            if (!isLetterOrDigit(id.charAt(i)) && "_./-".indexOf(id.charAt(i)) < 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean isLetterOrDigit(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }

    private void connect(Step step) {
        int user = context.index(step.getId());
        for (InputBinding input : step.getInputsList()) {
            for (Binding source : input.getSourcesList()) {
                connect(user, source);
            }
        }
        for (ParameterBinding parameter : step.getParametersList()) {
            connect(user, parameter.getSource());
        }
        if (step.hasWhen()) {
            connect(user, step.getWhen().getOutput().getStep());
        }
    }

    private void connect(int user, Binding source) {
        if (source.hasStepOutput()) {
            connect(user, source.getStepOutput().getStep());
        }
    }

    private void connect(int user, String id) {
        int needed = context.index(id);
        if (needed >= 0 && !needs.get(user).contains(needed)) {
            needs.get(user).add(needed);
            users.get(needed).add(user);
        }
    }

    /** The order is its own queue: what it gives is read from its front while steps that have become ready are added at its end. */
    private void sort() {
        int[] waiting = new int[needs.size()];
        for (int step = 0; step < waiting.length; step++) {
            waiting[step] = needs.get(step).size();
            if (waiting[step] == 0 && isFirstOfItsId(step)) {
                order.add(step);
            }
        }
        for (int next = 0; next < order.size(); next++) {
            for (int user : users.get(order.get(next))) {
                if (--waiting[user] == 0) {
                    order.add(user);
                }
            }
        }
    }

    private void cycles() {
        if (order.size() == needs.size()) {
            return;
        }
        Set<Integer> left = new LinkedHashSet<>();
        for (int step = 0; step < needs.size(); step++) {
            if (isFirstOfItsId(step)) {
                left.add(step);
            }
        }
        order.forEach(left::remove);
        while (!left.isEmpty()) {
            // Every step that is left waits for one that is left, so walking backwards meets itself.
            List<Integer> path = new ArrayList<>();
            int step = left.iterator().next();
            while (step >= 0 && !path.contains(step)) {
                path.add(step);
                step = needs.get(step).stream()
                        .filter(left::contains)
                        .findFirst()
                        .orElse(-1);
            }
            // Else it stands behind a cycle that has been reported already.
            List<Integer> done = step >= 0 ? path.subList(path.indexOf(step), path.size()) : path;
            if (step >= 0) {
                cycle(done);
            }
            done.forEach(left::remove);
        }
    }

    /** @param backwards its steps, each before the one that it waits for */
    private void cycle(List<Integer> backwards) {
        List<String> ids = new ArrayList<>();
        ids.add(id(backwards.getFirst()));
        backwards.reversed().forEach(step -> ids.add(id(step)));
        context.report.add(
                ids.getFirst(),
                "inputs",
                Rule.CYCLE,
                "steps wait for each other: "
                        + String.join(" → ", ids.stream().map(Report::quoted).toList()));
    }

    private void size(PlanLimits limits) {
        int[] levels = new int[needs.size()];
        for (int step : order) {
            int level = 1;
            for (int needed : needs.get(step)) {
                level = Math.max(level, levels[needed] + 1);
            }
            levels[step] = level;
            if (level == limits.depth() + 1) {
                tooLarge(step, "inputs", "stands on level " + level + " of the plan", limits.depth());
            }
        }
        for (int step = 0; step < users.size(); step++) {
            int count = users.get(step).size();
            if (count > limits.edges()) {
                tooLarge(step, "outputs", count + " steps use its outputs", limits.edges());
            }
        }
    }

    private void tooLarge(int step, String field, String what, int limit) {
        context.report.add(id(step), field, Rule.TOO_LARGE, what + "; at most " + limit + " are allowed");
    }

    private boolean isFirstOfItsId(int step) {
        return context.index(id(step)) == step;
    }

    private String id(int step) {
        return context.plan.getSteps(step).getId();
    }
}
