package dev.pinfactory.specialists.workshop.training;

import dev.pinfactory.specialists.learning.DataException;
import dev.pinfactory.specialists.workshop.data.Examples;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * What is to be learnt.
 *
 * @param label column of what is to be told; of a forecast, the series, empty for all
 * @param text column of texts; empty to find it
 * @param time column of times, for a forecast; empty to find it
 * @param outOfScope label of texts about something else; empty where there are none
 * @param horizon how far to forecast; 0 for a tenth of what there is, at most a day of hours
 * @param progress gets a line now and then
 */
public record Job(
        Path file,
        Task task,
        List<String> label,
        String name,
        Optional<String> text,
        Optional<String> time,
        Optional<String> outOfScope,
        Set<String> drop,
        Set<String> keep,
        int horizon,
        long seed,
        Consumer<String> progress) {
    /** Held back for the test. */
    public static final double TEST_SHARE = 0.2;

    /** The kinds of tasks. */
    public enum Task {
        CLASSIFY,
        EXTRACT,
        SCORE,
        FORECAST;

        /** As the command line says it. */
        public static Task named(String word) {
            return Stream.of(values())
                    .filter(task -> task.word().equals(word))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(
                            "--type is '" + word + "', expected classify, extract, score or forecast"));
        }

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Job {
        label = List.copyOf(label);
        drop = Set.copyOf(drop);
        keep = Set.copyOf(keep);
    }

    /** The one label. */
    public String oneLabel() {
        if (label.size() != 1) {
            throw new DataException("--label names %d columns, expected one".formatted(label.size()));
        }
        return label.getFirst();
    }

    Examples.Wish wish() {
        return new Examples.Wish(oneLabel(), text, drop, keep);
    }
}
