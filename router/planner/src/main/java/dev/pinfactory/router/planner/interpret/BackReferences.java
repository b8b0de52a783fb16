package dev.pinfactory.router.planner.interpret;

import java.util.List;
import java.util.Set;

/** Words that point back to what was done before: "the summary" after "summarise", "the translated letter" after "translate". */
public final class BackReferences {
    private static final Set<String> DEFINITE = Set.of("the", "that", "this", "its");
    private static final int SHORTEST_COMMON = 4;

    private BackReferences() {}

    /** Whether the word, alone or with one word between, follows a definite article, and no "of" that would say which thing is meant. */
    public static boolean isDefinite(List<Token> tokens, int i) {
        boolean of = i + 1 < tokens.size() && tokens.get(i + 1).is("of");
        return !of && (isDefiniteArticle(tokens, i - 1) || isDefiniteArticle(tokens, i - 2));
    }

    /** Whether one of the words, by its stem, is spoken of as something known: "the digest". */
    public static boolean any(List<Token> tokens, Set<String> stems) {
        for (int i = 1; i < tokens.size(); i++) {
            if (stems.contains(Words.stem(tokens.get(i).lower())) && isDefinite(tokens, i)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isDefiniteArticle(List<Token> tokens, int i) {
        return i >= 0 && DEFINITE.contains(tokens.get(i).lower());
    }

    /** Whether a word is made from the verb that a clause begins with, and is not that verb itself. */
    public static boolean isAkin(Token word, List<Token> clause) {
        String stem = Words.stem(word.lower());
        return clause.stream()
                .filter(token -> token.kind() == Token.Kind.WORD && !FunctionWords.isFunctionWord(token.lower()))
                .limit(1)
                .map(token -> Words.stem(token.lower()))
                .anyMatch(verb -> isAkin(verb, stem));
    }

    /** Equal, or equal but for what is left of their endings: "translat" and "transl", "summariz" and "summary". */
    static boolean isAkin(String a, String b) {
        int common = Math.min(a.length(), b.length()) - 1;
        return a.equals(b) || common >= SHORTEST_COMMON && a.regionMatches(0, b, 0, common);
    }
}
