package dev.pinfactory.specialists.workshop.data;

import dev.pinfactory.specialists.workshop.data.Table.Line;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Looks at rows that say the same, and at those among them that do not agree on the label. */
final class DuplicateChecks {
    private static final double MOST_CONTRADICTING = 0.3;

    private final String label;
    private final Findings findings;

    DuplicateChecks(String label, Findings findings) {
        this.label = label;
        this.findings = findings;
    }

    /**
     * The group of each row.
     *
     * @param inputs what is learnt from, of each row
     * @param near whether inputs are texts, of which some are nearly the same
     * @param classes whether the same input should have the same label; numbers vary
     */
    int[] groups(List<Line> rows, List<String> inputs, boolean near, boolean classes) {
        int[] exact = exact(inputs);
        report(rows, exact, "the same input as an earlier row");
        if (classes) {
            contradictions(rows, exact);
        }
        if (!near) {
            return exact;
        }
        int[] groups = Duplicates.groups(inputs);
        int[] onlyNear = groups.clone();
        for (int i = 0; i < onlyNear.length; i++) {
            onlyNear[i] = exact[i] == i ? groups[i] : i;
        }
        report(rows, onlyNear, "nearly the same text as an earlier row");
        return groups;
    }

    private static int[] exact(List<String> inputs) {
        Map<String, Integer> first = new HashMap<>();
        int[] groups = new int[inputs.size()];
        for (int i = 0; i < groups.length; i++) {
            Integer before = first.putIfAbsent(inputs.get(i), i);
            groups[i] = before == null ? i : before;
        }
        return groups;
    }

    private void report(List<Line> rows, int[] groups, String what) {
        List<Integer> repeated = new ArrayList<>();
        for (int i = 0; i < groups.length; i++) {
            if (groups[i] != i) {
                repeated.add(rows.get(i).number());
            }
        }
        if (!repeated.isEmpty()) {
            findings.add(Finding.warning(
                    "rows",
                    "%,d of %,d have %s: they stay together when rows are held back for the test"
                            .formatted(repeated.size(), rows.size(), what),
                    repeated));
        }
    }

    private void contradictions(List<Line> rows, int[] groups) {
        Map<Integer, List<Line>> members = new LinkedHashMap<>();
        for (int i = 0; i < groups.length; i++) {
            members.computeIfAbsent(groups[i], group -> new ArrayList<>()).add(rows.get(i));
        }
        List<Line> contradicting = members.values().stream()
                .filter(some ->
                        some.stream().map(row -> row.cell(label)).distinct().count() > 1)
                .flatMap(List::stream)
                .toList();
        if (contradicting.isEmpty()) {
            return;
        }
        double share = (double) contradicting.size() / rows.size();
        String message =
                "%,d rows have the same input as others with another '%s'".formatted(contradicting.size(), label);
        findings.add(
                share > MOST_CONTRADICTING
                        ? Finding.error(
                                "rows",
                                message
                                        + " (%.0f %%), expected at most %.0f %%: is a column missing?"
                                                .formatted(100 * share, 100 * MOST_CONTRADICTING),
                                LabelChecks.lines(contradicting))
                        : Finding.warning("rows", message, LabelChecks.lines(contradicting)));
    }
}
