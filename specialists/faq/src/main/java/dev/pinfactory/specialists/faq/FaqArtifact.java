package dev.pinfactory.specialists.faq;

import com.google.protobuf.ListValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.pinfactory.proto.type.SemanticTypes;
import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.proto.v1.Evidence;
import dev.pinfactory.proto.v1.LeafNote;
import dev.pinfactory.specialists.faq.FaqIndex.Match;
import java.util.List;

/** Writes matches as a record: the best one's answer, question and topic, and the others behind it. */
final class FaqArtifact {
    private static final int MAX_MATCHES = 5;

    private FaqArtifact() {}

    /** @param matches the likeliest first, at least one */
    static Artifact of(List<Match> matches, FaqConfidence confidence) {
        Match best = matches.getFirst();
        double sure = confidence.of(best);
        ListValue.Builder list = ListValue.newBuilder();
        for (Match match : matches.subList(0, Math.min(MAX_MATCHES, matches.size()))) {
            list.addValues(Value.newBuilder()
                    .setStructValue(entry(match)
                            .putFields(
                                    "confidence",
                                    Value.newBuilder()
                                            .setNumberValue(confidence.of(match))
                                            .build())));
        }
        Struct json = entry(best)
                .putFields("matches", Value.newBuilder().setListValue(list).build())
                .build();
        return Artifact.newBuilder()
                .setName("answer")
                .setType(SemanticTypes.RECORD)
                .setConfidence(sure)
                .addLeaves(LeafNote.newBuilder()
                        .setPointer("/answer")
                        .setConfidence(sure)
                        .addEvidence(Evidence.newBuilder().setInput("question")))
                .setJson(Value.newBuilder().setStructValue(json))
                .build();
    }

    private static Struct.Builder entry(Match match) {
        return Struct.newBuilder()
                .putFields("answer", text(match.entry().answer()))
                .putFields("question", text(match.entry().question()))
                .putFields("topic", text(match.entry().topic()));
    }

    private static Value text(String value) {
        return Value.newBuilder().setStringValue(value).build();
    }
}
