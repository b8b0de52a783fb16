package dev.pinfactory.orchestrator.cli;

import dev.pinfactory.proto.type.CodePoints;
import dev.pinfactory.proto.v1.Binding;
import dev.pinfactory.proto.v1.ConsideredSpecialist;
import dev.pinfactory.proto.v1.InputBinding;
import dev.pinfactory.proto.v1.Plan;
import dev.pinfactory.proto.v1.Step;
import dev.pinfactory.proto.v1.UnmetRequest;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Help.Ansi;

/** A plan as a tree: a step stands below the last step that it waits for. */
final class PlanView {
    private final Ansi ansi;
    private final boolean explained;

    PlanView(Ansi ansi) {
        this(ansi, false);
    }

    /** @param explained with who else was considered */
    PlanView(Ansi ansi, boolean explained) {
        this.ansi = ansi;
        this.explained = explained;
    }

    void print(Plan plan, PrintWriter out) {
        if (plan.getStepsCount() == 0) {
            return;
        }
        out.println(ansi.string("@|bold Plan|@") + "  " + plan.getStepsCount()
                + (plan.getStepsCount() == 1 ? " step" : " steps") + ", confidence "
                + number(plan.getConfidence()) + ", "
                + (plan.getPinnedAs().isEmpty()
                        ? "made by " + plan.getPlanner().name().toLowerCase(Locale.ROOT)
                        : "pinned as " + plan.getPinnedAs()));
        Map<String, List<Step>> below = new LinkedHashMap<>();
        for (Step step : plan.getStepsList()) {
            below.computeIfAbsent(parent(step, plan), parent -> new ArrayList<>())
                    .add(step);
        }
        printLevel("", "", below, out);
        for (UnmetRequest unmet : plan.getUnmetList()) {
            out.println("  not possible: \"" + unmet.getText() + "\" (" + unmet.getReason() + ")");
            if (explained && unmet.getCandidatesCount() > 0) {
                out.println("      nearest: " + candidates(unmet.getCandidatesList()));
            }
        }
        out.println();
    }

    private void printLevel(String parent, String indent, Map<String, List<Step>> below, PrintWriter out) {
        List<Step> steps = below.getOrDefault(parent, List.of());
        for (int i = 0; i < steps.size(); i++) {
            boolean last = i == steps.size() - 1;
            Step step = steps.get(i);
            out.println(indent + (last ? "└─ " : "├─ ") + title(step));
            String inner = indent + (last ? "   " : "│  ");
            String bar = below.containsKey(step.getId()) ? "│  " : "   ";
            if (!step.getReason().isEmpty()) {
                out.println(inner + bar + ansi.string("@|faint " + escaped(step.getReason()) + "|@"));
            }
            if (explained) {
                out.println(inner + bar + ansi.string("@|faint " + escaped(considered(step)) + "|@"));
            }
            printLevel(step.getId(), inner, below, out);
        }
    }

    private static String considered(Step step) {
        if (step.getAskedByCount() == 0) {
            return "no words asked for it by themselves";
        }
        String words = step.getAskedByList().stream()
                .map(span -> span.getStart() + "–" + span.getEnd())
                .collect(Collectors.joining(" and "));
        return "asked for at " + words + " of the instruction; "
                + (step.getCandidatesCount() == 0
                        ? "nobody else comes near"
                        : "next: " + candidates(step.getCandidatesList()));
    }

    static String candidates(List<ConsideredSpecialist> candidates) {
        return candidates.stream().map(PlanView::candidate).collect(Collectors.joining(", "));
    }

    private static String candidate(ConsideredSpecialist candidate) {
        return candidate.getCounterExample().isEmpty()
                ? candidate.getSpecialist() + " " + number(candidate.getConfidence())
                : candidate.getSpecialist() + " (its card says that it does not do \"" + candidate.getCounterExample()
                        + "\")";
    }

    private String title(Step step) {
        String inputs = step.getInputsList().stream().map(PlanView::input).collect(Collectors.joining(", "));
        String name = step.getId().equals(step.getSpecialist())
                ? step.getId()
                : step.getId() + " (" + step.getSpecialist() + ")";
        return ansi.string("@|bold,cyan " + escaped(name) + "|@") + "  " + inputs
                + (step.getForEach().isEmpty() ? "" : "  for each " + step.getForEach())
                + (step.hasWhen() ? "  when " + condition(step) : "")
                + (step.getFallbacksCount() == 0
                        ? ""
                        : "  else "
                                + step.getFallbacksList().stream()
                                        .map(fallback -> fallback.getSpecialist())
                                        .collect(Collectors.joining(", ")))
                + "  " + number(step.getConfidence());
    }

    private static String input(InputBinding binding) {
        return binding.getPort() + " ← "
                + binding.getSourcesList().stream().map(PlanView::source).collect(Collectors.joining(" + "));
    }

    private static String source(Binding binding) {
        return switch (binding.getSourceCase()) {
            case TASK_INPUT ->
                binding.getTaskInput().getName() + binding.getTaskInput().getPointer();
            case STEP_OUTPUT ->
                binding.getStepOutput().getStep() + "."
                        + binding.getStepOutput().getOutput()
                        + binding.getStepOutput().getPointer();
            case INSTRUCTION ->
                "words " + binding.getInstruction().getStart() + "–"
                        + binding.getInstruction().getEnd();
            case PARAMETER_DEFAULT -> "default";
            case SOURCE_NOT_SET -> "?";
        };
    }

    private static String condition(Step step) {
        var when = step.getWhen();
        String value = switch (when.getValue().getKindCase()) {
            case STRING_VALUE -> '"' + when.getValue().getStringValue() + '"';
            case NUMBER_VALUE -> String.valueOf(when.getValue().getNumberValue());
            case BOOL_VALUE -> String.valueOf(when.getValue().getBoolValue());
            case LIST_VALUE, STRUCT_VALUE, NULL_VALUE, KIND_NOT_SET -> "";
        };
        return when.getOutput().getStep() + when.getOutput().getPointer() + " "
                + when.getOperator().name().toLowerCase(Locale.ROOT).replace('_', ' ') + " " + value;
    }

    /** The latest step in the plan's order that this one waits for; empty for none. */
    private static String parent(Step step, Plan plan) {
        List<String> upstream = new ArrayList<>();
        step.getInputsList()
                .forEach(input -> input.getSourcesList().stream()
                        .filter(Binding::hasStepOutput)
                        .forEach(source -> upstream.add(source.getStepOutput().getStep())));
        if (step.hasWhen()) {
            upstream.add(step.getWhen().getOutput().getStep());
        }
        String parent = "";
        for (Step candidate : plan.getStepsList()) {
            if (upstream.contains(candidate.getId())) {
                parent = candidate.getId();
            }
        }
        return parent;
    }

    static String number(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }

    /** Picocli reads "|@" as the end of a style. */
    /** Others' words on one line, without what a terminal would obey. */
    static String line(String text, int codePoints) {
        String plain = text.replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
        return escaped(CodePoints.shortened(plain, codePoints));
    }

    static String escaped(String text) {
        return text.replace("|@", "| @").replace("@|", "@ |");
    }
}
