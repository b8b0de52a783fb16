package dev.pinfactory.specialists.clauses;

import dev.pinfactory.specialists.learning.Sentence;
import dev.pinfactory.specialists.learning.SentenceSplitter;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cuts a contract into what is judged by itself: its sentences, headings and numbered items. */
final class ClauseSplitter {
    private static final String LETTER_OR_NUMBER =
            "\\(?(?:\\d{1,2}|[A-Za-z]|[ivx]{1,4})[.)]|\\d{1,2}(?:\\.\\d{1,2}){1,3}[.)]?|§ ?\\d{1,3}\\.?";

    /** At the beginning of a clause: "3.", "3.1", "(a)", "§ 4", "Section 5:". */
    private static final Pattern NUMBER =
            Pattern.compile("\\s*(?:(?:(?:Article|Section|Clause|ARTICLE|SECTION|CLAUSE) \\d{1,3}[.:]?|"
                    + LETTER_OR_NUMBER + "|[-*•–])(?:\\s+|$)){1,3}");

    private static final Pattern NUMBERED_LINE =
            Pattern.compile("\\n(?=[ \\t]*(?:" + LETTER_OR_NUMBER + "|[-*•–])[ \\t]+\\S)");
    /** Where a sentence seems to end with the number of the next one. */
    private static final Pattern NEXT_NUMBER = Pattern.compile("(?<=[.;:!?]\\s)(?:" + LETTER_OR_NUMBER + ")$");

    private static final Pattern BLANKS = Pattern.compile("\\s+");

    /** It learned from sentences of at most 1,824 characters. Longer runs than this are cut at a blank. */
    static final int LONGEST = 5_000;

    private final String text;
    private final List<Clause> clauses = new ArrayList<>();

    private ClauseSplitter(String text) {
        this.text = text;
    }

    /** In their order; not overlapping. */
    static List<Clause> split(String text) {
        ClauseSplitter splitter = new ClauseSplitter(text);
        int last = text.stripTrailing().length();
        int numbered = -1;
        for (Sentence sentence : SentenceSplitter.split(text)) {
            int start = numbered >= 0 ? numbered : sentence.start();
            numbered = -1;
            Matcher line = NUMBERED_LINE.matcher(text).region(start, sentence.end());
            while (line.find()) {
                splitter.add(start, line.start());
                start = line.end();
            }
            Matcher next = NEXT_NUMBER.matcher(text).region(start, sentence.end());
            if (isNumber(text.substring(start, sentence.end()))) {
                numbered = start; // the sentence that it numbers comes next
            } else if (sentence.end() < last && next.find()) {
                splitter.add(start, next.start());
                numbered = next.start();
            } else {
                splitter.add(start, sentence.end());
            }
        }
        return splitter.clauses;
    }

    private static boolean isNumber(String piece) {
        return NUMBER.matcher(piece).matches();
    }

    private void add(int start, int end) {
        int from = start;
        while (end - from > LONGEST) {
            int blank = text.lastIndexOf(' ', from + LONGEST);
            int cut = blank > from ? blank : from + LONGEST;
            cut -= Character.isLowSurrogate(text.charAt(cut)) ? 1 : 0;
            addPiece(from, cut);
            from = cut;
        }
        addPiece(from, end);
    }

    private void addPiece(int start, int end) {
        Matcher number = NUMBER.matcher(text).region(start, end);
        int words = number.lookingAt() ? number.end() : start;
        String read = BLANKS.matcher(text.substring(words, end)).replaceAll(" ").strip();
        if (!read.isEmpty()) {
            String piece = text.substring(start, end);
            int from = start + piece.length() - piece.stripLeading().length();
            clauses.add(new Clause(read, from, from + piece.strip().length()));
        }
    }
}
