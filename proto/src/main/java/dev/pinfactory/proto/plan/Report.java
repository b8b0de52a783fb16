package dev.pinfactory.proto.plan;

import dev.pinfactory.proto.plan.Violation.Rule;
import dev.pinfactory.proto.type.CodePoints;
import java.util.ArrayList;
import java.util.List;

/** Collects violations, up to a bound that no plan made in good faith comes near. */
final class Report {
    private static final int MAX_VIOLATIONS = 256;
    private static final int MAX_QUOTE = 80;

    private final List<Violation> violations = new ArrayList<>();

    void add(String step, String field, Rule rule, String message) {
        if (violations.size() < MAX_VIOLATIONS) {
            violations.add(new Violation(step, field, rule, message));
        }
    }

    boolean isFull() {
        return violations.size() >= MAX_VIOLATIONS;
    }

    boolean isClean() {
        return violations.isEmpty();
    }

    List<Violation> violations() {
        return List.copyOf(violations);
    }

    /** A name that somebody else wrote, as it may stand in a message. */
    static String quoted(String name) {
        return "'" + CodePoints.shortened(name, MAX_QUOTE) + "'";
    }
}
