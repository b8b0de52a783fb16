package dev.pinfactory.orchestrator.merge;

import dev.pinfactory.proto.type.JsonPointer;
import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.proto.v1.Evidence;
import dev.pinfactory.proto.v1.LeafNote;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a specialist says of the leaves of one artifact. The note that is closest above a leaf holds for it. */
final class LeafNotes {
    private final Map<JsonPointer, LeafNote> notes;
    private final double otherwise;

    /** A note whose pointer is none is left out: it says nothing of any leaf. */
    LeafNotes(Artifact artifact) {
        otherwise = artifact.getConfidence();
        notes = artifact.getLeavesCount() == 0 ? Map.of() : new HashMap<>();
        for (LeafNote note : artifact.getLeavesList()) {
            try {
                notes.putIfAbsent(JsonPointer.of(note.getPointer()), note);
            } catch (IllegalArgumentException e) {
                continue;
            }
        }
    }

    double confidence(JsonPointer leaf) {
        return closest(leaf, false).map(LeafNote::getConfidence).orElse(otherwise);
    }

    /** Empty means the whole input. */
    List<Evidence> evidence(JsonPointer leaf) {
        return closest(leaf, true).map(LeafNote::getEvidenceList).orElse(List.of());
    }

    private Optional<LeafNote> closest(JsonPointer leaf, boolean withEvidence) {
        for (int length = leaf.tokens().size(); length >= 0 && !notes.isEmpty(); length--) {
            LeafNote note = notes.get(new JsonPointer(leaf.tokens().subList(0, length)));
            if (note != null && (!withEvidence || note.getEvidenceCount() > 0)) {
                return Optional.of(note);
            }
        }
        return Optional.empty();
    }
}
