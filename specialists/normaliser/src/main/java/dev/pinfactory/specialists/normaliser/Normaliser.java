package dev.pinfactory.specialists.normaliser;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Finds everything in a text that has a usual form. */
final class Normaliser {
    private Normaliser() {}

    /** In the order of the text, not overlapping: of two that overlap the longer stands, for the other is a part of it. */
    static List<FoundValue> find(String text, Writing writing) {
        List<FoundValue> all = new ArrayList<>(NumericDates.find(text, writing));
        all.addAll(NamedDates.find(text));
        all.addAll(Quantities.find(text, writing));
        all.sort(Comparator.comparingInt(FoundValue::start).thenComparing(FoundValue::end, Comparator.reverseOrder()));
        List<FoundValue> kept = new ArrayList<>();
        for (FoundValue value : all) {
            FoundValue before = kept.isEmpty() ? null : kept.getLast();
            if (before == null || value.start() >= before.end()) {
                kept.add(value);
            } else if (value.end() - value.start() > before.end() - before.start()) {
                kept.set(kept.size() - 1, value);
            }
        }
        return kept;
    }
}
