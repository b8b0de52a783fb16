package dev.pinfactory.faults.bar;

import java.util.Collections;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * What one form of a bar has come to over all calls.
 *
 * @param rounds done of the form that is under way
 * @param completed forms
 * @param tries of all rounds there ever were
 * @param failures of all rounds there ever were
 * @param remark of the last round
 * @param lastFailure the last that was seen, empty when there was none
 * @param parts tries by what they were spent on, sorted; empty for a bar without parts
 */
record Tally(
        int rounds,
        int completed,
        long tries,
        long failures,
        String remark,
        String lastFailure,
        Map<String, Long> parts) {
    static final Tally NONE = new Tally(0, 0, 0, 0, "", "", Map.of());

    private static final String PART = "part.";

    Tally {
        parts = Collections.unmodifiableMap(new TreeMap<>(parts));
    }

    Tally plus(Trial.Outcome round) {
        Map<String, Long> sums = new TreeMap<>(parts);
        round.parts().forEach((part, tried) -> sums.merge(part, tried, Long::sum));
        return new Tally(
                rounds + 1,
                completed,
                tries + round.tries(),
                failures + Math.min(round.tries(), round.failures().size()),
                round.remark(),
                round.failures().isEmpty() ? lastFailure : round.failures().getLast(),
                sums);
    }

    /** The form is over; the next call begins another one and counts on. */
    Tally complete() {
        return new Tally(0, completed + 1, tries, failures, remark, lastFailure, parts);
    }

    static Tally from(Properties kept, Form form) {
        String prefix = form.name() + ".";
        return new Tally(
                (int) number(kept, prefix + "rounds"),
                (int) number(kept, prefix + "completed"),
                number(kept, prefix + "tries"),
                number(kept, prefix + "failures"),
                kept.getProperty(prefix + "remark", ""),
                kept.getProperty(prefix + "lastFailure", ""),
                parts(kept, prefix + PART));
    }

    private static Map<String, Long> parts(Properties kept, String prefix) {
        Map<String, Long> parts = new TreeMap<>();
        kept.stringPropertyNames().stream()
                .filter(name -> name.startsWith(prefix))
                .forEach(name -> parts.put(name.substring(prefix.length()), number(kept, name)));
        return parts;
    }

    private static long number(Properties kept, String name) {
        String text = kept.getProperty(name, "0");
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + ": a whole number is expected, got '" + text + "'", e);
        }
    }

    void to(Properties kept, Form form) {
        String prefix = form.name() + ".";
        kept.setProperty(prefix + "rounds", String.valueOf(rounds));
        kept.setProperty(prefix + "completed", String.valueOf(completed));
        kept.setProperty(prefix + "tries", String.valueOf(tries));
        kept.setProperty(prefix + "failures", String.valueOf(failures));
        kept.setProperty(prefix + "remark", remark);
        kept.setProperty(prefix + "lastFailure", lastFailure);
        parts.forEach((part, tried) -> kept.setProperty(prefix + PART + part, String.valueOf(tried)));
    }
}
