package dev.pinfactory.specialists.documenttype;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.IntPredicate;

/**
 * The lines of which documents are made up: for each kind titles, openings, bodies and closings.
 *
 * @param parts by kind, then by part
 */
record Fragments(Map<String, Map<Character, List<String>>> parts) {
    private static final String FILE = "fragments.txt";

    static Fragments read() {
        Map<String, Map<Character, List<String>>> parts = new LinkedHashMap<>();
        try (InputStream stream = Objects.requireNonNull(Fragments.class.getResourceAsStream(FILE), FILE);
                BufferedReader lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            String kind = "";
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("=")) {
                    kind = line.substring(1);
                    parts.put(kind, new LinkedHashMap<>());
                } else if (!line.startsWith("#")) {
                    parts.getOrDefault(kind, Map.of())
                            .put(line.charAt(0), List.of(line.substring(2).split("\\|")));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Fragments(parts);
    }

    Set<String> kinds() {
        return parts.keySet();
    }

    List<String> lines(String kind, char part) {
        return parts.getOrDefault(kind, Map.of()).getOrDefault(part, List.of());
    }

    /** Only the fragments of the given numbers, counted within their part. */
    Fragments only(IntPredicate number) {
        Map<String, Map<Character, List<String>>> chosen = new LinkedHashMap<>();
        parts.forEach((kind, all) -> {
            Map<Character, List<String>> some = new LinkedHashMap<>();
            all.forEach((part, lines) -> {
                List<String> kept = new ArrayList<>();
                for (int i = 0; i < lines.size(); i++) {
                    if (number.test(i)) {
                        kept.add(lines.get(i));
                    }
                }
                some.put(part, kept);
            });
            chosen.put(kind, some);
        });
        return new Fragments(chosen);
    }
}
