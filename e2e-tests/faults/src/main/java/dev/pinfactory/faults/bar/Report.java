package dev.pinfactory.faults.bar;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;

/** A bar's page for people, and the counts beside it from which the next call goes on. */
final class Report {
    private final Path folder;
    private final String suite;
    private final Bar bar;

    /** @param folder of the reports */
    Report(Path folder, String suite, Bar bar) {
        this.folder = folder;
        this.suite = suite;
        this.bar = bar;
    }

    Tally tally(Form form) throws IOException {
        return Tally.from(read(), form);
    }

    void write(Form form, Tally tally) throws IOException {
        Properties kept = read();
        tally.to(kept, form);
        Files.createDirectories(folder);
        try (Writer writer = Files.newBufferedWriter(counts())) {
            kept.store(writer, "What './pin verify' has counted so far.");
        }
        Map<Form, Tally> tallies = new EnumMap<>(Form.class);
        for (Form each : Form.values()) {
            tallies.put(each, Tally.from(kept, each));
        }
        Files.writeString(folder.resolve(bar.id() + ".md"), page(tallies));
    }

    private Path counts() {
        return folder.resolve(bar.id() + ".properties");
    }

    private Properties read() throws IOException {
        Properties kept = new Properties();
        if (Files.exists(counts())) {
            try (Reader reader = Files.newBufferedReader(counts())) {
                kept.load(reader);
            }
        }
        return kept;
    }

    private String page(Map<Form, Tally> tallies) {
        StringBuilder page = new StringBuilder("# ")
                .append(bar.id())
                .append(": ")
                .append(bar.title())
                .append("\n\n`./pin verify ")
                .append(suite)
                .append(' ')
                .append(bar.id())
                .append("`, on ")
                .append(LocalDate.now())
                .append(" with ")
                .append(Runtime.getRuntime().availableProcessors())
                .append(" processors. Counts add up over calls. Negative control (`--sabotage`): ")
                .append(bar.sabotage())
                .append(".\n\n| form | completed | tries (")
                .append(bar.unit())
                .append(") | failures | at most so many fail (95 %) |\n|---|---|---|---|---|\n");
        tallies.forEach((form, tally) -> {
            if (tally.tries() > 0) {
                page.append(row(form, tally));
            }
        });
        tallies.forEach((form, tally) -> {
            if (!tally.parts().isEmpty()) {
                page.append("\nOf the ")
                        .append(name(form))
                        .append(" form: ")
                        .append(parts(tally))
                        .append(".\n");
            }
        });
        tallies.forEach((form, tally) -> {
            if (!tally.remark().isEmpty()) {
                page.append("\nLast round of the ")
                        .append(name(form))
                        .append(" form: ")
                        .append(tally.remark())
                        .append(".\n");
            }
            if (!tally.lastFailure().isEmpty()) {
                page.append("\nLast failure of the ")
                        .append(name(form))
                        .append(" form: ")
                        .append(tally.lastFailure())
                        .append("\n");
            }
        });
        return page.toString();
    }

    private String row(Form form, Tally tally) {
        String underWay =
                tally.rounds() == 0 ? "" : ", and %d of %d rounds".formatted(tally.rounds(), bar.rounds(form));
        return "| %s | %d times%s | %d | %d | %s |%n"
                .formatted(name(form), tally.completed(), underWay, tally.tries(), tally.failures(), bound(tally));
    }

    private static String parts(Tally tally) {
        return tally.parts().entrySet().stream()
                .map(part -> part.getKey() + " " + part.getValue())
                .collect(Collectors.joining(", "));
    }

    private static String name(Form form) {
        return form.name().toLowerCase(Locale.ROOT);
    }

    /** The upper bound, in percent with two digits that count. */
    static String bound(Tally tally) {
        double percent = 100 * ConfidenceBound.upper(tally.tries(), tally.failures());
        return String.format(Locale.ROOT, percent >= 1 ? "%.1f %%" : "%.2g %%", percent);
    }
}
