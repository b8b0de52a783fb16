package dev.pinfactory.specialists.normaliser;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Names beside a number and what they stand for: short ones as they are written, longer ones in any case. Read from a table of this package. */
final class Names {
    /** Shorter ones are symbols, whose case tells them apart: mW and MW. */
    private static final int WORD = 5;

    private final Map<String, String> codes = new HashMap<>();
    private int longest;

    /** A name that was found, by its place in the text. */
    record Match(String code, int start, int end) {}

    /** @param resource lines of a code, a tab, and names with bars between them */
    static Names read(String resource) {
        Names names = new Names();
        try (InputStream stream = Objects.requireNonNull(Names.class.getResourceAsStream(resource), resource);
                BufferedReader lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] parts = line.split("\t");
                if (parts.length == 2) {
                    for (String name : parts[1].split("\\|")) {
                        names.add(name, parts[0]);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return names;
    }

    void add(String name, String code) {
        codes.put(key(name), code);
        longest = Math.max(longest, name.length());
    }

    /** The longest name that begins at the place or after one blank, and ends with its word. */
    Optional<Match> after(String text, int from) {
        int start = from < text.length() && isBlank(text.charAt(from)) ? from + 1 : from;
        for (int end = Math.min(text.length(), start + longest); end > start; end--) {
            String code = codes.get(key(text.substring(start, end)));
            if (code != null && (end == text.length() || isBorder(text.charAt(end - 1), text.charAt(end)))) {
                return Optional.of(new Match(code, start, end));
            }
        }
        return Optional.empty();
    }

    /** The longest name that ends at the place or before one blank, and begins with its word. */
    Optional<Match> before(String text, int to) {
        int end = to > 0 && isBlank(text.charAt(to - 1)) ? to - 1 : to;
        for (int start = Math.max(0, end - longest); start < end; start++) {
            String code = codes.get(key(text.substring(start, end)));
            if (code != null && (start == 0 || isBorder(text.charAt(start - 1), text.charAt(start)))) {
                return Optional.of(new Match(code, start, end));
            }
        }
        return Optional.empty();
    }

    static boolean isBlank(char c) {
        return c == ' ' || c == '\u00a0' || c == '\u202f';
    }

    private static boolean isBorder(char a, char b) {
        return !(Character.isLetterOrDigit(a) && Character.isLetterOrDigit(b)) && "²³'’".indexOf(b) < 0;
    }

    private static String key(String name) {
        return name.length() < WORD ? name : name.toLowerCase(Locale.ROOT);
    }
}
