package dev.pinfactory.orchestrator.service.impact;

import dev.pinfactory.proto.card.CardValidator;
import dev.pinfactory.proto.card.Contracts;
import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.error.FieldViolation;
import dev.pinfactory.proto.error.PinfactoryException;
import dev.pinfactory.proto.v1.AssessCardRequest;
import dev.pinfactory.proto.v1.Card;
import java.util.ArrayList;
import java.util.List;

/** What an assessment has to be before anything is read for it. */
final class AssessmentRules {
    private static final int MAX_GOLDEN = 1_000;
    private static final int MAX_RECENT = 1_000;
    private static final int DEFAULT_RECENT = 200;
    private static final int MAX_EXAMPLES = 50;
    private static final int DEFAULT_EXAMPLES = 5;

    private AssessmentRules() {}

    static int recent(AssessCardRequest request) {
        return request.hasRecent() ? request.getRecent() : DEFAULT_RECENT;
    }

    static int examples(AssessCardRequest request) {
        return request.hasMaxExamples() ? request.getMaxExamples() : DEFAULT_EXAMPLES;
    }

    static void check(AssessCardRequest request) {
        List<FieldViolation> card = CardValidator.strict().validate(request.getCard()).stream()
                .map(violation -> new FieldViolation("card." + violation.field(), violation.description()))
                .toList();
        refuse(ErrorCode.CARD_INVALID, card);
        List<FieldViolation> wrong = new ArrayList<>();
        atMost("golden_tasks", request.getGoldenTasksCount(), MAX_GOLDEN, wrong);
        atMost("recent", recent(request), MAX_RECENT, wrong);
        atMost("max_examples", examples(request), MAX_EXAMPLES, wrong);
        refuse(ErrorCode.INVALID_ARGUMENT, wrong);
    }

    private static void atMost(String field, int came, int most, List<FieldViolation> wrong) {
        if (came < 0 || came > most) {
            wrong.add(new FieldViolation(field, came + " came; expected 0 to " + most));
        }
    }

    /** The catalogue with the card in it. */
    static Contracts with(Contracts now, Card card) {
        try {
            return now.with(card.getContract());
        } catch (IllegalArgumentException e) {
            throw PinfactoryException.of(
                    ErrorCode.CARD_INVALID, "card.contract.types", "do not fit the catalogue: " + e.getMessage());
        }
    }

    static void refuse(ErrorCode code, List<FieldViolation> wrong) {
        if (!wrong.isEmpty()) {
            FieldViolation first = wrong.getFirst();
            String more = wrong.size() > 1 ? " (and " + (wrong.size() - 1) + " more)" : "";
            throw new PinfactoryException(code, first.field() + ": " + first.description() + more, wrong);
        }
    }
}
