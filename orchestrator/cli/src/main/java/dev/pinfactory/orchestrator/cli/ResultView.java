package dev.pinfactory.orchestrator.cli;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Value;
import com.google.protobuf.util.JsonFormat;
import dev.pinfactory.proto.v1.Candidate;
import dev.pinfactory.proto.v1.Conflict;
import dev.pinfactory.proto.v1.Cost;
import dev.pinfactory.proto.v1.LlmEstimate;
import dev.pinfactory.proto.v1.Missing;
import dev.pinfactory.proto.v1.Provenance;
import dev.pinfactory.proto.v1.Source;
import dev.pinfactory.proto.v1.SourceEvidence;
import dev.pinfactory.proto.v1.TaskResult;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Help.Ansi;

/** The merged result: every leaf with who produced it, from what, and how sure it is. */
final class ResultView {
    private static final int MAX_VALUE = 160;
    private static final int MAX_QUOTE = 60;

    /** What labels there were beside the best one; that is for programs, and --json has it. */
    private static final String CANDIDATES = "candidates";

    private final Ansi ansi;

    ResultView(Ansi ansi) {
        this.ansi = ansi;
    }

    void print(TaskResult result, PrintWriter out) {
        String color = result.getStatus() == TaskResult.Status.COMPLETE ? "green" : "yellow";
        out.println(ansi.string("@|bold Result|@  @|bold," + color + " " + result.getStatus() + "|@")
                + (result.getNeedsReview() ? "  needs review" : "") + "  task " + result.getTaskId());
        if (result.hasRefusal()) {
            new RefusalView(ansi).print(result.getRefusal(), out);
        }
        if (result.hasError()) {
            out.println("  " + result.getError().getCode() + ": "
                    + result.getError().getMessage());
        }
        List<Leaf> leaves = new ArrayList<>();
        leaves(result.getOutput())
                .forEach((pointer, value) -> leaves.add(new Leaf(
                        pointer,
                        value,
                        result
                                .getProvenanceOrDefault(pointer, Provenance.getDefaultInstance())
                                .getSourcesList()
                                .stream()
                                .map(ResultView::source)
                                .toList())));
        for (Leaf leaf : Leaf.together(leaves)) {
            out.println("  "
                    + ansi.string(
                            "@|bold " + PlanView.escaped(leaf.pointer().isEmpty() ? "(all)" : leaf.pointer()) + "|@")
                    + "  " + shortened(leaf.value(), MAX_VALUE));
            leaf.sources().forEach(source -> out.println("      ← " + source));
        }
        for (Conflict conflict : result.getConflictsList()) {
            out.println("  conflict at " + conflict.getPointer() + (conflict.getResolved() ? " (decided)" : " (open)")
                    + ":");
            for (Candidate candidate : conflict.getCandidatesList()) {
                out.println("      " + shortened(json(best(candidate.getValue())), MAX_VALUE) + "  weight "
                        + PlanView.number(candidate.getWeight())
                        + "  "
                        + candidate.getSourcesList().stream()
                                .map(Source::getStep)
                                .distinct()
                                .collect(Collectors.joining(", ")));
            }
        }
        for (Missing missing : result.getMissingList()) {
            out.println("  missing" + (missing.getPointer().isEmpty() ? "" : " " + missing.getPointer()) + ": "
                    + missing.getReason());
        }
        out.println(String.format(
                Locale.ROOT,
                "Cost    %d %s, %.3f s of processor time%s",
                result.getCost().getCalls(),
                result.getCost().getCalls() == 1 ? "call" : "calls",
                result.getCost().getCpuSeconds(),
                ofLanguageModel(result.getCost())));
        if (result.hasLlmEstimate()) {
            LlmEstimate estimate = result.getLlmEstimate();
            out.println("        a language model, in one call: about "
                    + estimate.getCost().getValue() + " "
                    + estimate.getCost().getCurrency() + " (" + estimate.getInputTokens() + " tokens read, "
                    + estimate.getOutputTokens() + " written; an estimate)");
        }
    }

    private static String ofLanguageModel(Cost cost) {
        if (cost.getLlmTokens() == 0) {
            return "";
        }
        return ", " + cost.getLlmTokens() + " tokens of a language model"
                + (cost.hasLlm()
                        ? ", " + cost.getLlm().getValue() + " " + cost.getLlm().getCurrency()
                        : "");
    }

    private static String source(Source source) {
        String evidence =
                source.getEvidenceList().stream().map(ResultView::evidence).collect(Collectors.joining("; "));
        // A fallback's answer is not that of the step's own specialist, even where the step is named after that.
        boolean another =
                !source.getSpecialist().isEmpty() && !source.getSpecialist().equals(source.getStep());
        String by = another ? " (" + source.getSpecialist() + ")" : "";
        return source.getStep() + by + (source.hasItem() ? "[" + source.getItem() + "]" : "") + " "
                + source.getVersion()
                + ", confidence " + PlanView.number(source.getConfidence())
                + (evidence.isEmpty() ? "" : ", from " + evidence);
    }

    private static String evidence(SourceEvidence evidence) {
        StringBuilder text = new StringBuilder(evidence.getInput());
        if (evidence.hasItem()) {
            text.append('[').append(evidence.getItem()).append(']');
        }
        if (evidence.hasSpan()) {
            text.append(" at ")
                    .append(evidence.getSpan().getStart())
                    .append('–')
                    .append(evidence.getSpan().getEnd());
        }
        if (evidence.hasPlace()) {
            text.append(" page ").append(evidence.getPlace().getPage());
        }
        if (!evidence.getQuote().isEmpty() && evidence.hasSpan()) {
            text.append(" “").append(shortened(evidence.getQuote(), MAX_QUOTE)).append('”');
        }
        if (evidence.getViaCount() > 0) {
            text.append(" via ").append(String.join(", ", evidence.getViaList()));
        }
        return text.toString();
    }

    private static Map<String, String> leaves(Value output) {
        Map<String, String> leaves = new LinkedHashMap<>();
        collect("", output, leaves);
        return leaves;
    }

    private static void collect(String pointer, Value value, Map<String, String> leaves) {
        switch (value.getKindCase()) {
            case STRUCT_VALUE ->
                value.getStructValue().getFieldsMap().forEach((key, item) -> {
                    if (!key.equals(CANDIDATES)) {
                        collect(pointer + "/" + key.replace("~", "~0").replace("/", "~1"), item, leaves);
                    }
                });
            case LIST_VALUE -> {
                for (int i = 0; i < value.getListValue().getValuesCount(); i++) {
                    collect(pointer + "/" + i, value.getListValue().getValues(i), leaves);
                }
            }
            case KIND_NOT_SET -> {}
            case STRING_VALUE, NUMBER_VALUE, BOOL_VALUE, NULL_VALUE -> leaves.put(pointer, json(value));
        }
    }

    private static Value best(Value value) {
        Value.Builder best = value.toBuilder();
        if (value.hasStructValue()) {
            best.getStructValueBuilder().removeFields(CANDIDATES);
        }
        return best.build();
    }

    private static String json(Value value) {
        try {
            return JsonFormat.printer().omittingInsignificantWhitespace().print(value);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("a value has no JSON form", e);
        }
    }

    private static String shortened(String text, int length) {
        String oneLine = text.replaceAll("\\s+", " ");
        return oneLine.codePointCount(0, oneLine.length()) <= length
                ? oneLine
                : oneLine.substring(0, oneLine.offsetByCodePoints(0, length)) + "…";
    }
}
