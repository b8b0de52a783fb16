package dev.pinfactory.specialists.workshop.data;

import dev.pinfactory.specialists.learning.DataException;
import dev.pinfactory.specialists.workshop.data.Finding.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** Collects findings and tells each at once. Not thread-safe. */
public final class Findings {
    private final List<Finding> all = new ArrayList<>();
    private final Consumer<String> told;

    /** @param told gets a line for each */
    public Findings(Consumer<String> told) {
        this.told = told;
    }

    public void add(Finding finding) {
        all.add(finding);
        told.accept("%-7s %s: %s"
                .formatted(finding.level().name().toLowerCase(Locale.ROOT), finding.subject(), finding.text()));
    }

    /** In the order they were made. */
    public List<Finding> all() {
        return List.copyOf(all);
    }

    /** @throws DataException when there are errors; what they are was told, all of them, so that they can be mended at once */
    public void stopAtErrors() {
        long errors = all.stream().filter(one -> one.level() == Level.ERROR).count();
        if (errors > 0) {
            throw new DataException(
                    "nothing was learnt, because of the error%s above".formatted(errors == 1 ? "" : "s"));
        }
    }
}
