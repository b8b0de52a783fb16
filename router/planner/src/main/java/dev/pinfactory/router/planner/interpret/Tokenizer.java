package dev.pinfactory.router.planner.interpret;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Splits an instruction into tokens. File names, numbers and quotations stay whole, so that their full stops and commas end nothing. */
public final class Tokenizer {
    private static final Pattern TOKEN =
            Pattern.compile("(?<quoted>\"[^\"\\n]{1,400}\"|“[^”\\n]{1,400}”|`[^`\\n]{1,400}`"
                    + "|(?<![\\p{L}\\d])'[^'\\n]{1,400}'(?![\\p{L}\\d]))"
                    + "|(?<name>https?://[^\\s\"']*[^\\s\"'.,;:!?)]|[\\w.+-]{1,64}@[\\w-]{1,64}(?:\\.[\\w-]{1,64})+"
                    + "|[\\p{L}\\d_-]{1,100}(?:\\.[\\p{L}\\d_-]{1,100})*\\.(?:[a-z][a-z0-9]{1,4}|[A-Z][A-Z0-9]{1,4})(?![\\p{L}\\d])"
                    + "|[\\p{L}\\d]{1,100}(?:_[\\p{L}\\d]{1,100})+)"
                    + "|(?<number>[€$£]?\\d+(?:[.,:/-]\\d+)*%?(?![\\p{L}\\d]))"
                    + "|(?<word>[\\p{L}\\p{M}\\d]+(?:['’-][\\p{L}\\p{M}\\d]+)*)"
                    + "|(?<mark>\\n|[^\\s])");

    private Tokenizer() {}

    public static List<Token> tokens(String text) {
        List<Token> tokens = new ArrayList<>();
        Matcher matcher = TOKEN.matcher(text);
        while (matcher.find()) {
            tokens.add(new Token(kind(matcher), matcher.group(), matcher.start(), matcher.end()));
        }
        return tokens;
    }

    private static Token.Kind kind(Matcher matcher) {
        if (matcher.group("quoted") != null) {
            return Token.Kind.QUOTED;
        }
        if (matcher.group("name") != null) {
            return Token.Kind.NAME;
        }
        if (matcher.group("number") != null) {
            return Token.Kind.NUMBER;
        }
        return matcher.group("word") != null ? Token.Kind.WORD : Token.Kind.PUNCTUATION;
    }
}
