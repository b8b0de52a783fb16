package dev.pinfactory.specialists.learning;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cuts a text into sentences: the JDK's rules, less the breaks that they see behind abbreviations, plus those between lines that are no running text. */
public final class SentenceSplitter {
    private static final Pattern PARAGRAPH = Pattern.compile("\\n\\s*\\n|\\n(?=\\s*(?:[-*•]|\\d{1,2}[.)])\\s)");
    private static final Pattern COLUMNS = Pattern.compile("\\S(?: {3,}|\\t+)\\S");
    private static final Pattern LAST_WORD = Pattern.compile("(?:^|[\\s(])([\\p{L}.]+)\\.\\s*$");
    private static final Set<String> ABBREVIATIONS = Set.of(
            "al", "approx", "ca", "cf", "co", "corp", "dept", "dr", "e.g", "eg", "eq", "eqs", "esp", "est", "etc",
            "fig", "figs", "i.e", "ie", "inc", "jr", "ltd", "mr", "mrs", "ms", "nr", "p", "pp", "prof", "resp", "sec",
            "sr", "st", "tel", "v", "viz", "vol", "vs", "w.r.t", "z.b");

    /** A line this much shorter than the longest one did not end because the page did. */
    private static final double SHORT_LINE = 0.6;

    private SentenceSplitter() {}

    /** In their order, without the white space around them. */
    public static List<Sentence> split(String text) {
        List<Sentence> sentences = new ArrayList<>();
        int longest = text.lines().mapToInt(String::length).max().orElse(0);
        int start = 0;
        Matcher paragraph = PARAGRAPH.matcher(text);
        while (paragraph.find()) {
            splitParagraph(text, start, paragraph.start(), longest, sentences);
            start = paragraph.end();
        }
        splitParagraph(text, start, text.length(), longest, sentences);
        return sentences;
    }

    private static void splitParagraph(String text, int from, int to, int longest, List<Sentence> sentences) {
        int start = from;
        for (int newLine = text.indexOf('\n', from);
                newLine >= 0 && newLine < to;
                newLine = text.indexOf('\n', newLine + 1)) {
            int lineStart = Math.max(from, text.lastIndexOf('\n', newLine - 1) + 1);
            if (newLine - lineStart < SHORT_LINE * longest
                    || COLUMNS.matcher(text.substring(lineStart, newLine)).find()) {
                splitRun(text, start, newLine, sentences);
                start = newLine + 1;
            }
        }
        splitRun(text, start, to, sentences);
    }

    private static void splitRun(String text, int from, int to, List<Sentence> sentences) {
        String run = text.substring(from, to);
        BreakIterator breaks = BreakIterator.getSentenceInstance(Locale.ENGLISH);
        breaks.setText(run);
        int start = 0;
        for (int end = breaks.next(); end != BreakIterator.DONE; end = breaks.next()) {
            if (end < run.length() && goesOn(run, start, end)) {
                continue;
            }
            add(run, start, end, from, sentences);
            start = end;
        }
    }

    private static boolean goesOn(String run, int start, int end) {
        if (Character.isLowerCase(run.codePointAt(end))) {
            return true;
        }
        Matcher last = LAST_WORD.matcher(run.substring(start, end));
        if (!last.find()) {
            return false;
        }
        String word = last.group(1);
        if (word.equalsIgnoreCase("no") || word.equalsIgnoreCase("nos")) {
            return Character.isDigit(run.codePointAt(end));
        }
        boolean initial = word.length() == 1 && Character.isUpperCase(word.charAt(0)) && !word.equals("I");
        return initial || ABBREVIATIONS.contains(word.toLowerCase(Locale.ROOT));
    }

    private static void add(String run, int start, int end, int offset, List<Sentence> sentences) {
        String piece = run.substring(start, end);
        String stripped = piece.strip();
        if (!stripped.isEmpty()) {
            int from = offset + start + piece.indexOf(stripped);
            sentences.add(new Sentence(stripped, from, from + stripped.length()));
        }
    }
}
