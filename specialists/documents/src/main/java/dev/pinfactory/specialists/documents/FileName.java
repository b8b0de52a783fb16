package dev.pinfactory.specialists.documents;

import org.jspecify.annotations.Nullable;

/** Names of files, as whoever sent them wrote them. */
final class FileName {
    private static final int LONGEST = 200;

    private FileName() {}

    /** In one line, without folders and control characters, cut at 200 characters; empty where there is none. */
    static String shown(@Nullable String name) {
        if (name == null) {
            return "";
        }
        String line = name.replaceAll("[\\p{Cntrl}\\p{Cf}\\u2028\\u2029]+", " ")
                .replaceAll("^.*[/\\\\]", "")
                .strip();
        return line.codePointCount(0, line.length()) <= LONGEST
                ? line
                : line.substring(0, line.offsetByCodePoints(0, LONGEST));
    }
}
