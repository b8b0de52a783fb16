package dev.pinfactory.specialists.clauses;

import dev.pinfactory.specialists.learning.JsonLines;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * A sentence of a contract.
 *
 * @param kinds in which it is unfair; most are in none
 */
record LabelledClause(String text, Set<String> kinds) {
    private static final Pattern SIGN = Pattern.compile("[^\\p{L}\\p{N}\\s]");

    LabelledClause {
        if (text.isBlank()) {
            throw new IllegalArgumentException("member 'text' is blank");
        }
        kinds = Set.copyOf(kinds);
    }

    /** Reads {@code {"text", "labels": […]}}, one a line. Of sentences that differ in case and spaces only, the first stays. */
    static List<LabelledClause> readDistinct(Path file) {
        List<LabelledClause> distinct = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (LabelledClause clause : read(file)) {
            if (seen.add(spaced(clause.text()).toLowerCase(Locale.ROOT).replaceAll("\\s+", " "))) {
                distinct.add(clause);
            }
        }
        return distinct;
    }

    static List<LabelledClause> read(Path file) {
        return JsonLines.read(
                file,
                line -> new LabelledClause(
                        JsonLines.text(line, "text"),
                        kinds(line).orElseThrow(() -> new IllegalArgumentException("member 'labels' is missing"))));
    }

    /** Empty where the line has no gold. */
    static Optional<Set<String>> kinds(JsonNode line) {
        JsonNode list = line.path("labels");
        if (list.isMissingNode() || list.isNull()) {
            return Optional.empty();
        }
        if (!list.isArray()) {
            throw new IllegalArgumentException("member 'labels' is " + list.getNodeType() + ", expected a list");
        }
        Set<String> kinds = new TreeSet<>();
        list.forEach(kind -> kinds.add(kind.asString()));
        return Optional.of(kinds);
    }

    /** With a space around each sign: contracts come as they were written, and cut into tokens. */
    static String spaced(String text) {
        return SIGN.matcher(text).replaceAll(" $0 ");
    }
}
