package dev.pinfactory.specialists.testkit;

import dev.pinfactory.proto.v1.InferRequest;
import dev.pinfactory.proto.v1.InferResponse;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What a specialist answers: samples, the same again, and texts that are empty, large or outside the basic plane. */
final class AnswerChecks {
    private static final int LARGE_TEXT = 200_000;
    /** Each is one code point, two UTF-16 units and four bytes: wrong offsets are off by more than most words are long. */
    private static final String ASTRAL = "𝒜😀🏭".repeat(20) + " ";

    private static final Set<Status.Code> POLITE = Set.of(Status.Code.INVALID_ARGUMENT, Status.Code.RESOURCE_EXHAUSTED);

    private final Subject subject;

    AnswerChecks(Subject subject) {
        this.subject = subject;
    }

    List<Check> checks() {
        List<Check> checks = new ArrayList<>();
        checks.add(subject.check("answers its samples as its card promises", this::answersSamples));
        checks.add(subject.check("gives the same answer again", this::isDeterministic));
        if (subject.takesText()) {
            checks.add(subject.check("bears an empty text", () -> bears(subject.withText(text -> ""))));
            checks.add(subject.check("bears a text of blanks", () -> bears(subject.withText(text -> " \n\t "))));
            checks.add(subject.check("bears a large text", () -> bears(subject.withText(AnswerChecks::large))));
            checks.add(subject.check(
                    "counts offsets in code points", () -> bears(subject.withText(text -> ASTRAL + text))));
        }
        return checks;
    }

    /** The text again and again, up to a size that a report of some hundred pages has. */
    static String large(String text) {
        String paragraph = (text.isBlank() ? "word" : text) + "\n";
        return paragraph.repeat(Math.max(1, LARGE_TEXT / paragraph.length()));
    }

    private void answersSamples() {
        for (InferRequest sample : subject.samples()) {
            subject.requireValid(sample, subject.connection().infer(sample));
        }
    }

    private void isDeterministic() {
        for (InferRequest sample : subject.samples()) {
            InferResponse first = withoutCost(subject.connection().infer(sample));
            InferResponse second = withoutCost(subject.connection().infer(sample));
            ContractViolation.unless(first.equals(second), "two calls with the same input gave different answers");
        }
    }

    /** A valid answer, or a refusal that says what is wrong with the input; never a failure. */
    private void bears(InferRequest request) {
        try {
            subject.requireValid(request, subject.connection().infer(request));
        } catch (StatusRuntimeException e) {
            ContractViolation.unless(
                    POLITE.contains(e.getStatus().getCode()),
                    "answered " + e.getStatus().getCode() + " (" + e.getStatus().getDescription()
                            + "), expected an answer, an abstention or one of " + POLITE);
            Refusal.requireNoInternals(e);
        }
    }

    static InferResponse withoutCost(InferResponse response) {
        return response.toBuilder().clearCost().build();
    }
}
