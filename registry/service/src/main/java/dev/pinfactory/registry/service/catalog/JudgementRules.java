package dev.pinfactory.registry.service.catalog;

import static dev.pinfactory.proto.error.ErrorCode.FAILED_PRECONDITION;
import static dev.pinfactory.proto.error.ErrorCode.INVALID_ARGUMENT;
import static dev.pinfactory.proto.error.ErrorCode.TOO_LARGE;

import dev.pinfactory.proto.error.FieldViolation;
import dev.pinfactory.proto.error.PinfactoryException;
import dev.pinfactory.proto.v1.Gate;
import dev.pinfactory.proto.v1.Judgement;
import dev.pinfactory.proto.v1.Version.State;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** When a judgement is taken. */
final class JudgementRules {
    static final int MAX_REPORT_BYTES = 4 * 1024 * 1024;

    private static final int MAX_GATES = 200;
    private static final int MAX_GATE_NAME = 200;
    private static final int MAX_NAME = 128;
    private static final int MAX_SUMMARY = 1000;
    private static final int MAX_FAILED_SHOWN = 5;
    private static final Set<State> JUDGED = EnumSet.of(State.CANDIDATE, State.SHADOW, State.CANARY);

    private JudgementRules() {}

    /** Checks what the judgement says by itself. */
    static void check(Judgement judgement, String report) {
        List<FieldViolation> violations = new ArrayList<>();
        length("judgement.judge", judgement.getJudge(), 1, MAX_NAME, violations);
        length("judgement.champion", judgement.getChampion(), 0, MAX_NAME, violations);
        length("judgement.summary", judgement.getSummary(), 0, MAX_SUMMARY, violations);
        int gates = judgement.getGatesCount();
        if (gates > MAX_GATES || gates == 0) {
            violations.add(new FieldViolation("judgement.gates", "are " + gates + ", expected 1 to " + MAX_GATES));
        }
        for (int i = 0; i < Math.min(gates, MAX_GATES); i++) {
            Gate gate = judgement.getGates(i);
            String at = "judgement.gates[" + i + "]";
            length(at + ".name", gate.getName(), 1, MAX_GATE_NAME, violations);
            if (judgement.getPassed() && !gate.getPassed()) {
                violations.add(new FieldViolation(at + ".passed", "is false, so the judgement has not passed either"));
            }
        }
        if (!violations.isEmpty()) {
            throw new PinfactoryException(INVALID_ARGUMENT, "the judgement is not usable", violations);
        }
        int bytes = report.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MAX_REPORT_BYTES) {
            throw new PinfactoryException(
                    TOO_LARGE, "report_html has " + bytes + " bytes, at most " + MAX_REPORT_BYTES);
        }
    }

    private static void length(String field, String value, int least, int most, List<FieldViolation> violations) {
        int length = value.strip().length();
        if (length < least || value.length() > most) {
            violations.add(new FieldViolation(
                    field, "has " + value.length() + " characters, expected " + least + " to " + most));
        }
    }

    /** A version is compared with the champion of now, and before it takes its place. */
    static void checkTimely(Specialist specialist, PublishedVersion version, Judgement judgement) {
        if (!JUDGED.contains(version.state())) {
            throw new PinfactoryException(
                    FAILED_PRECONDITION,
                    "version " + version.number() + " of '" + specialist.id() + "' is " + version.state()
                            + "; judged are only " + JUDGED);
        }
        String champion = specialist.champion().map(PublishedVersion::number).orElse("");
        if (!champion.equals(judgement.getChampion())) {
            String message = champion.isEmpty()
                    ? "'" + specialist.id() + "' has no champion to compare with"
                    : "the champion of '" + specialist.id() + "' is " + champion + " and not '"
                            + judgement.getChampion() + "'; compare with that one";
            throw new PinfactoryException(
                    FAILED_PRECONDITION, message, List.of(new FieldViolation("judgement.champion", message)));
        }
    }

    /** For the audit log. */
    static String why(Judgement judgement) {
        if (!judgement.getSummary().isBlank()) {
            return judgement.getSummary();
        }
        return judgement.getGatesList().stream()
                .filter(gate -> !gate.getPassed())
                .limit(MAX_FAILED_SHOWN)
                .map(gate -> gate.getName() + " is " + gate.getValue() + ", bound " + gate.getBound())
                .collect(Collectors.joining("; "));
    }
}
