package dev.pinfactory.router.planner.interpret;

import dev.pinfactory.router.planner.interpret.Draft.Marker;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Cuts sentences where another clause begins: at a connective that a verb, question or negation follows, and at the words of condition and order.
 * A list of nouns ("company, date and total") is not cut, for none of them is used as a verb.
 */
final class ClauseSplitter {
    private static final Set<String> SENTENCE_ENDS = Set.of(".", "!", "?", ";", "\n", "•");
    private static final Set<String> DASHES = Set.of("-", "–", "—", "*");
    private static final Set<String> RELATIVE = Set.of("which", "who", "whose", "where", "when");
    private static final Set<String> AS_WHETHER_AFTER = Set.of("me", "us", "out");

    private final Verbs verbs;

    ClauseSplitter(Verbs verbs) {
        this.verbs = verbs;
    }

    List<Draft> split(List<Token> tokens) {
        List<Draft> drafts = new ArrayList<>();
        int sentence = 0;
        int from = 0;
        for (int i = 0; i <= tokens.size(); i++) {
            if (i == tokens.size() || endsSentence(tokens, i)) {
                boolean question = i < tokens.size() && tokens.get(i).is("?");
                splitSentence(tokens.subList(from, i), sentence++, question, drafts);
                from = i + 1;
            }
        }
        return drafts;
    }

    private boolean endsSentence(List<Token> tokens, int i) {
        Token token = tokens.get(i);
        if (token.kind() != Token.Kind.PUNCTUATION) {
            return false;
        }
        if (token.is(":")) {
            return i + 1 < tokens.size() && (tokens.get(i + 1).is("\n") || verbs.opensClause(tokens, i + 1));
        }
        if (!SENTENCE_ENDS.contains(token.text())) {
            return false;
        }
        // "e.g. this" goes on; "1. Read" is a list number and no sentence of its own.
        boolean abbreviation = token.is(".")
                && i > 0
                && (tokens.get(i - 1).text().length() == 1
                        || (i + 1 < tokens.size() && tokens.get(i + 1).start() == token.end()));
        return !abbreviation;
    }

    private void splitSentence(List<Token> sentence, int number, boolean question, List<Draft> drafts) {
        int from = 0;
        Marker marker = Marker.NONE;
        boolean separated = false;
        int i = 0;
        while (i < sentence.size()) {
            Opening opening = openingAt(sentence, i);
            if (opening == null) {
                i++;
                continue;
            }
            // The question mark belongs to the last clause: "Hello, how are you?"
            add(sentence.subList(from, i), marker, number, separated, false, drafts);
            from = opening.body();
            marker = opening.marker();
            separated = opening.separated();
            i = Math.max(opening.body(), i + 1);
        }
        add(
                sentence.subList(Math.min(from, sentence.size()), sentence.size()),
                marker,
                number,
                separated,
                question,
                drafts);
    }

    private static void add(
            List<Token> tokens, Marker marker, int sentence, boolean separated, boolean question, List<Draft> drafts) {
        if (tokens.stream().anyMatch(token -> token.kind() != Token.Kind.PUNCTUATION)) {
            drafts.add(new Draft(tokens, marker, sentence, separated, question));
        }
    }

    /** Where a clause opens: its own words begin at {@code body}, after connectives and markers. */
    private record Opening(int body, Marker marker, boolean separated) {}

    private @org.jspecify.annotations.Nullable Opening openingAt(List<Token> tokens, int i) {
        int j = i;
        boolean separated = false;
        boolean then = false;
        boolean first = i == 0;
        while (j < tokens.size() && isConnective(tokens, j)) {
            Token token = tokens.get(j);
            then |= isOrderWord(token, tokens, j);
            separated |= token.is(",") || FunctionWords.CONJUNCTIONS.contains(token.lower()) || isDash(tokens, j);
            j++;
        }
        if (j >= tokens.size()) {
            return null;
        }
        boolean hasConnective = j > i;
        int only = tokens.get(j).is("only") ? j + 1 : j;
        Opening condition = conditionAt(tokens, only, separated && only == j, first);
        if (condition != null) {
            return condition;
        }
        if (j + 1 < tokens.size()
                && (tokens.get(j).is("before") || tokens.get(j).is("after"))) {
            int next = FunctionWords.SUBJECT_PRONOUNS.contains(tokens.get(j + 1).lower()) ? j + 2 : j + 1;
            if (tokens.get(j).is("after")
                    && (tokens.get(j + 1).is("that") || tokens.get(j + 1).is("this"))) {
                return new Opening(Math.min(skip(tokens, j + 2), tokens.size()), Marker.THEN, true);
            }
            if (next < tokens.size() && (verbs.isGerund(tokens.get(next)) || next == j + 2)) {
                return new Opening(next, tokens.get(j).is("before") ? Marker.BEFORE : Marker.AFTER, separated || first);
            }
        }
        int afterNegative = negativePreposition(tokens, j);
        if (afterNegative > 0 && !first) {
            return new Opening(afterNegative, Marker.NOT, separated);
        }
        if (hasConnective && (first || verbs.opensClause(tokens, j) && !isRelative(tokens, i, j))) {
            boolean otherwise = tokens.get(j).is("otherwise") || tokens.get(j).is("else");
            return new Opening(j, otherwise ? Marker.OTHERWISE : then ? Marker.THEN : Marker.NONE, separated);
        }
        if (tokens.get(j).is("otherwise") || tokens.get(j).is("else")) {
            return new Opening(skip(tokens, j + 1), Marker.OTHERWISE, true);
        }
        return null;
    }

    private @org.jspecify.annotations.Nullable Opening conditionAt(
            List<Token> tokens, int j, boolean separated, boolean first) {
        if (j >= tokens.size() - 1
                || !FunctionWords.CONDITIONALS.contains(tokens.get(j).lower())) {
            return null;
        }
        Token word = tokens.get(j);
        if (word.is("if")
                && tokens.get(j + 1).is("not")
                && (j + 2 >= tokens.size() || tokens.get(j + 2).is(","))) {
            return new Opening(skip(tokens, j + 2), Marker.OTHERWISE, true);
        }
        if (word.is("when") && !first && !separated
                || word.is("provided") && !tokens.get(j + 1).is("that")) {
            return null;
        }
        // "tell me if", "check if": it asks whether.
        boolean whether = !first && !separated && asksWhether(tokens, j - 1);
        return word.is("if") && whether && !tokens.get(j - 1).is("only")
                ? null
                : new Opening(
                        tokens.get(j + 1).is("that") && word.is("provided") ? j + 2 : j + 1,
                        word.is("unless") ? Marker.UNLESS : Marker.IF,
                        separated || first);
    }

    /** The verb before, or before "me", is one that a question can depend on. */
    private static boolean asksWhether(List<Token> tokens, int before) {
        boolean object = AS_WHETHER_AFTER.contains(tokens.get(before).lower()) && before > 0;
        return FunctionWords.FINDING_OUT.contains(
                tokens.get(object ? before - 1 : before).lower());
    }

    private static int negativePreposition(List<Token> tokens, int j) {
        if (j + 1 >= tokens.size()) {
            return -1;
        }
        if (FunctionWords.NEGATIVE_PREPOSITIONS.contains(tokens.get(j).lower())) {
            return j + 1 + (tokens.get(j + 1).is("for") ? 1 : 0);
        }
        boolean instead = tokens.get(j).is("instead") && tokens.get(j + 1).is("of")
                || tokens.get(j).is("rather") && tokens.get(j + 1).is("than");
        return instead ? j + 2 : -1;
    }

    private static int skip(List<Token> tokens, int from) {
        int j = from;
        while (j < tokens.size() && isConnective(tokens, j)) {
            j++;
        }
        return j;
    }

    private static boolean isConnective(List<Token> tokens, int j) {
        Token token = tokens.get(j);
        return token.is(",")
                || isDash(tokens, j)
                || FunctionWords.CONJUNCTIONS.contains(token.lower())
                || FunctionWords.POLITE.contains(token.lower())
                || isOrderWord(token, tokens, j);
    }

    private static boolean isOrderWord(Token token, List<Token> tokens, int j) {
        String word = token.lower();
        boolean ordinalOfNoun =
                j > 0 && FunctionWords.DETERMINERS.contains(tokens.get(j - 1).lower());
        return !ordinalOfNoun
                && (FunctionWords.ORDER_NEXT.contains(word)
                        || FunctionWords.ORDER_LAST.contains(word)
                        || FunctionWords.ORDER_FIRST.contains(word));
    }

    private static boolean isDash(List<Token> tokens, int j) {
        return tokens.get(j).kind() == Token.Kind.PUNCTUATION
                && DASHES.contains(tokens.get(j).text());
    }

    private static boolean isRelative(List<Token> tokens, int i, int j) {
        return tokens.get(i).is(",")
                && j == i + 1
                && RELATIVE.contains(tokens.get(j).lower());
    }
}
