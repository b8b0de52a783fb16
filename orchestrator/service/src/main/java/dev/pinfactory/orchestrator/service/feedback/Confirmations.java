package dev.pinfactory.orchestrator.service.feedback;

import com.google.protobuf.Value;
import dev.pinfactory.orchestrator.service.outcome.VersionOutcomes;
import dev.pinfactory.proto.events.v1.Event;
import dev.pinfactory.proto.events.v1.FeedbackGiven;
import dev.pinfactory.proto.v1.Candidate;
import dev.pinfactory.proto.v1.Conflict;
import dev.pinfactory.proto.v1.Source;
import dev.pinfactory.proto.v1.TaskResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a person's words say of each version that had a hand in a result: each call counts once, and was wrong if anything of it was. */
final class Confirmations {
    private Confirmations() {}

    private record Call(String specialist, String version, String step, int item) {}

    /** @param before the result that somebody spoke of */
    static void count(TaskResult before, List<Event> told, VersionOutcomes outcomes) {
        Map<Call, Boolean> right = new LinkedHashMap<>();
        for (Event event : told) {
            FeedbackGiven given = event.getFeedbackGiven();
            // What nobody found is missing, and no result.
            if (event.hasFeedbackGiven() && !given.getVersion().isEmpty() && given.hasBefore()) {
                Call call = new Call(
                        given.getSpecialist(),
                        given.getVersion(),
                        given.getStep(),
                        given.hasItem() ? given.getItem() : -1);
                right.merge(call, said(before, given).equals(given.getCorrected()), Boolean::logicalAnd);
            }
        }
        right.forEach((call, was) -> outcomes.confirmed(call.specialist(), call.version(), was));
    }

    /** What the version itself said where others said something else, and its value was perhaps not the one that was used. */
    private static Value said(TaskResult before, FeedbackGiven given) {
        return before.getConflictsList().stream()
                .filter(conflict -> conflict.getPointer().equals(given.getPointer()))
                .map(Conflict::getCandidatesList)
                .flatMap(List::stream)
                .filter(candidate -> candidate.getSourcesList().stream().anyMatch(source -> is(source, given)))
                .map(Candidate::getValue)
                .findFirst()
                .orElse(given.getBefore());
    }

    private static boolean is(Source source, FeedbackGiven given) {
        return source.getStep().equals(given.getStep())
                && source.hasItem() == given.hasItem()
                && source.getItem() == given.getItem();
    }
}
