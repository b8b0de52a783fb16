package dev.pinfactory.router.planner.bind;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Names steps after their specialists: the first as it is, the next with a number. */
public final class StepIds {
    private static final int LONGEST = 48;

    private final Map<String, Integer> used = new HashMap<>();

    public String next(String specialist) {
        String name = specialist
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("^-+|-+$", "");
        String base = name.isEmpty() ? "step" : name.substring(0, Math.min(LONGEST, name.length()));
        int count = used.merge(base, 1, Integer::sum);
        return count == 1 ? base : base + "-" + count;
    }
}
