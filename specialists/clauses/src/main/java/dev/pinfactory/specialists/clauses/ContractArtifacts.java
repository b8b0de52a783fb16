package dev.pinfactory.specialists.clauses;

import com.google.protobuf.ListValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.pinfactory.proto.type.SemanticTypes;
import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.proto.v1.Evidence;
import dev.pinfactory.proto.v1.LeafNote;
import dev.pinfactory.proto.v1.Span;
import dev.pinfactory.specialists.clauses.ContractReading.UnfairClause;
import dev.pinfactory.specialists.learning.Candidate;
import dev.pinfactory.specialists.learning.LabelSetScores;
import dev.pinfactory.specialists.learning.LabelsArtifact;
import java.util.ArrayList;
import java.util.List;

/** Writes what was read of a contract: {@code kinds} for the whole, {@code clauses} one by one, both with the places in the text. */
final class ContractArtifacts {
    private static final String INPUT = "text";

    private ContractArtifacts() {}

    static List<Artifact> of(String text, ContractReading reading) {
        List<Span> spans = spans(text, reading.unfair());
        return List.of(kinds(reading, spans), clauses(text, reading, spans));
    }

    /** The evidence of the label is each clause that has it. Without such a clause it is the whole text. */
    private static Artifact kinds(ContractReading reading, List<Span> spans) {
        Artifact.Builder kinds = LabelsArtifact.of("kinds", INPUT, reading.kinds()).toBuilder();
        Candidate best = reading.kinds().getFirst();
        if (best.label().equals(LabelSetScores.NONE)) {
            return kinds.build();
        }
        LeafNote.Builder note = kinds.getLeaves(0).toBuilder().clearEvidence();
        for (int i = 0; i < spans.size(); i++) {
            if (reading.unfair().get(i).kinds().stream()
                    .anyMatch(kind -> kind.label().equals(best.label()))) {
                note.addEvidence(evidence(spans.get(i)));
            }
        }
        return kinds.setLeaves(0, note).build();
    }

    /** As sure as the label of the whole: a doubtful clause beside a clear one is no reason to ask somebody else. Each has its own confidence. */
    private static Artifact clauses(String text, ContractReading reading, List<Span> spans) {
        Artifact.Builder clauses = Artifact.newBuilder().setName("clauses").setType(SemanticTypes.SPANS);
        ListValue.Builder list = ListValue.newBuilder();
        for (int i = 0; i < spans.size(); i++) {
            UnfairClause unfair = reading.unfair().get(i);
            Candidate best = unfair.kinds().getFirst();
            clauses.addLeaves(LeafNote.newBuilder()
                    .setPointer("/" + i)
                    .setConfidence(best.confidence())
                    .addEvidence(evidence(spans.get(i))));
            ListValue.Builder kinds = ListValue.newBuilder();
            unfair.kinds().forEach(kind -> kinds.addValues(string(kind.label())));
            list.addValues(Value.newBuilder()
                    .setStructValue(Struct.newBuilder()
                            .putFields(
                                    "text",
                                    string(text.substring(
                                            unfair.clause().start(),
                                            unfair.clause().end())))
                            .putFields("start", number(spans.get(i).getStart()))
                            .putFields("end", number(spans.get(i).getEnd()))
                            .putFields("label", string(best.label()))
                            .putFields(
                                    "kinds",
                                    Value.newBuilder().setListValue(kinds).build())
                            .putFields("confidence", number(best.confidence()))));
        }
        return clauses.setJson(Value.newBuilder().setListValue(list))
                .setConfidence(reading.kinds().getFirst().confidence())
                .build();
    }

    /** In code points. */
    private static List<Span> spans(String text, List<UnfairClause> unfair) {
        List<Span> spans = new ArrayList<>();
        int index = 0;
        int codePoints = 0;
        for (UnfairClause one : unfair) {
            int start = codePoints + text.codePointCount(index, one.clause().start());
            int end = start
                    + text.codePointCount(one.clause().start(), one.clause().end());
            spans.add(Span.newBuilder().setStart(start).setEnd(end).build());
            index = one.clause().end();
            codePoints = end;
        }
        return spans;
    }

    private static Evidence evidence(Span span) {
        return Evidence.newBuilder().setInput(INPUT).setSpan(span).build();
    }

    private static Value string(String value) {
        return Value.newBuilder().setStringValue(value).build();
    }

    private static Value number(double value) {
        return Value.newBuilder().setNumberValue(value).build();
    }
}
