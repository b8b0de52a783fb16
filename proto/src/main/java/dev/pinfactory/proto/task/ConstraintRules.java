package dev.pinfactory.proto.task;

import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Durations;
import com.google.protobuf.util.Timestamps;
import dev.pinfactory.proto.card.Contracts;
import dev.pinfactory.proto.error.Expected;
import dev.pinfactory.proto.error.FieldViolation;
import dev.pinfactory.proto.type.CodePoints;
import dev.pinfactory.proto.v1.Constraints;
import dev.pinfactory.proto.v1.Contract;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;

/** The limits that a caller sets: possible, and about specialists that exist. */
final class ConstraintRules {
    private static final int MAX_SPECIALISTS = 1_000;
    private static final Pattern AMOUNT = Pattern.compile("[0-9]{1,15}(\\.[0-9]{1,9})?");
    private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");

    private final Contracts contracts;

    ConstraintRules(Contracts contracts) {
        this.contracts = contracts;
    }

    void check(Constraints constraints, Instant now, List<FieldViolation> violations) {
        time(constraints, now, violations);
        specialists("allowed_specialists", constraints.getAllowedSpecialistsList(), violations);
        specialists("excluded_specialists", constraints.getExcludedSpecialistsList(), violations);
        if (constraints.hasMinPlanConfidence()) {
            share("min_plan_confidence", constraints.getMinPlanConfidence(), violations);
        }
        if (constraints.hasMinFieldConfidence()) {
            share("min_field_confidence", constraints.getMinFieldConfidence(), violations);
        }
        if (constraints.hasCostCeiling()) {
            cost(constraints, violations);
        }
    }

    private static void time(Constraints constraints, Instant now, List<FieldViolation> violations) {
        if (constraints.hasDeadline()) {
            Timestamp deadline = constraints.getDeadline();
            if (!Timestamps.isValid(deadline)) {
                add(violations, "deadline", "is not a time");
            } else if (!Instant.ofEpochSecond(deadline.getSeconds(), deadline.getNanos())
                    .isAfter(now)) {
                add(violations, "deadline", Timestamps.toString(deadline) + " has passed; it is " + now);
            }
        }
        if (constraints.hasTimeout()
                && (!Durations.isValid(constraints.getTimeout()) || !Durations.isPositive(constraints.getTimeout()))) {
            add(violations, "timeout", "expected a duration above zero, such as \"30s\"");
        }
    }

    private void specialists(String field, List<String> ids, List<FieldViolation> violations) {
        if (ids.size() > MAX_SPECIALISTS) {
            add(violations, field, ids.size() + " specialists; at most " + MAX_SPECIALISTS);
            return;
        }
        String expected = "";
        for (int i = 0; i < ids.size(); i++) {
            if (contracts.find(ids.get(i)).isEmpty()) {
                expected = expected.isEmpty() ? Expected.oneOf(ids(contracts)) : expected;
                String came = "'" + CodePoints.shortened(ids.get(i), 80) + "'";
                add(violations, field + "[" + i + "]", came + " is not a specialist of this swarm; " + expected);
            }
        }
    }

    private static List<String> ids(Contracts contracts) {
        return contracts.all().stream().map(Contract::getId).toList();
    }

    private static void share(String field, double share, List<FieldViolation> violations) {
        if (!(share >= 0 && share <= 1)) {
            add(violations, field, share + " is not between 0 and 1");
        }
    }

    private static void cost(Constraints constraints, List<FieldViolation> violations) {
        var ceiling = constraints.getCostCeiling();
        if (ceiling.hasLlm()) {
            if (!AMOUNT.matcher(ceiling.getLlm().getValue()).matches()) {
                add(violations, "cost_ceiling.llm.value", "expected a decimal string such as \"0.50\", not below zero");
            }
            if (!CURRENCY.matcher(ceiling.getLlm().getCurrency()).matches()) {
                add(violations, "cost_ceiling.llm.currency", "expected an ISO 4217 code such as \"EUR\"");
            }
        }
        if (!(ceiling.getCpuSeconds() >= 0) || Double.isInfinite(ceiling.getCpuSeconds())) {
            add(violations, "cost_ceiling.cpu_seconds", ceiling.getCpuSeconds() + " is not a number of seconds");
        }
    }

    private static void add(List<FieldViolation> violations, String field, String message) {
        violations.add(new FieldViolation("constraints." + field, message));
    }
}
