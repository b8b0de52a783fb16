package dev.pinfactory.orchestrator.service.impact;

import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.error.FieldViolation;
import dev.pinfactory.proto.error.PinfactoryException;
import dev.pinfactory.proto.v1.AssessCardRequest;
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
        List<FieldViolation> wrong = new ArrayList<>();
        atMost("golden_tasks", request.getGoldenTasksCount(), MAX_GOLDEN, wrong);
        atMost("recent", recent(request), MAX_RECENT, wrong);
        atMost("max_examples", examples(request), MAX_EXAMPLES, wrong);
        refuse(wrong);
    }

    private static void atMost(String field, int came, int most, List<FieldViolation> wrong) {
        if (came < 0 || came > most) {
            wrong.add(new FieldViolation(field, came + " came; expected 0 to " + most));
        }
    }

    static void refuse(List<FieldViolation> wrong) {
        if (!wrong.isEmpty()) {
            throw PinfactoryException.of(ErrorCode.INVALID_ARGUMENT, wrong);
        }
    }
}
