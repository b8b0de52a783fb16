package dev.pinfactory.faults.bar;

import java.util.Properties;

/**
 * What one form of a bar has come to over all calls.
 *
 * @param rounds done of the form that is under way
 * @param completed forms
 * @param tries of all rounds there ever were
 * @param failures of all rounds there ever were
 * @param remark of the last round
 * @param lastFailure the last that was seen, empty when there was none
 */
record Tally(int rounds, int completed, long tries, long failures, String remark, String lastFailure) {
    static final Tally NONE = new Tally(0, 0, 0, 0, "", "");

    Tally plus(Trial.Outcome round) {
        return new Tally(
                rounds + 1,
                completed,
                tries + round.tries(),
                failures + Math.min(round.tries(), round.failures().size()),
                round.remark(),
                round.failures().isEmpty() ? lastFailure : round.failures().getLast());
    }

    /** The form is over; the next call begins another one and counts on. */
    Tally complete() {
        return new Tally(0, completed + 1, tries, failures, remark, lastFailure);
    }

    static Tally from(Properties kept, Form form) {
        String prefix = form.name() + ".";
        return new Tally(
                (int) number(kept, prefix + "rounds"),
                (int) number(kept, prefix + "completed"),
                number(kept, prefix + "tries"),
                number(kept, prefix + "failures"),
                kept.getProperty(prefix + "remark", ""),
                kept.getProperty(prefix + "lastFailure", ""));
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
    }
}
