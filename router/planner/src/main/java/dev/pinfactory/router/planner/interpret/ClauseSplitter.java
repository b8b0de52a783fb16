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

    private static final List<List<String>> AFFIRMATIONS = List.of(
            List.of("if", "so"),
            List.of("if", "yes"),
            List.of("if", "it", "is"),
            List.of("if", "it", "does"),
            List.of("if", "that", "is", "the", "case"),
            List.of("if", "that's", "the", "case"),
            List.of("in", "that", "case"));
    private static final int NEGATOR_AT_MOST_AT = 4;

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
            return i + 1 < tokens.size()
                    && (tokens.get(i + 1).is("\n")
                            || verbs.opensClause(tokens, i + 1)
                            || conditional(tokens, i + 1) > 0);
        }
        if (!SENTENCE_ENDS.contains(token.text())) {
            return false;
        }
        // "e.g. this" goes on; "1. Read" is a list number and no sentence of its own.
        boolean insideAWord = (token.is(".") || token.is(";"))
                && i + 1 < tokens.size()
                && tokens.get(i + 1).start() == token.end();
        boolean abbreviation =
                token.is(".") && i > 0 && tokens.get(i - 1).text().length() == 1;
        return !insideAWord && !abbreviation;
    }

    private void splitSentence(List<Token> sentence, int number, boolean question, List<Draft> drafts) {
        int from = 0;
        Marker marker = Marker.NONE;
        boolean separated = false;
        int i = 0;
        while (i < sentence.size()) {
            Opening opening = openingAt(sentence, i, from, marker);
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

    private @org.jspecify.annotations.Nullable Opening openingAt(List<Token> tokens, int i, int from, Marker current) {
        int j = i;
        boolean separated = false;
        boolean then = false;
        boolean or = false;
        boolean first = i == 0;
        while (j < tokens.size() && isConnective(tokens, j) && timeAt(tokens, j) == 0 && conditional(tokens, j) == 0) {
            Token token = tokens.get(j);
            or |= token.is("or");
            then |= isOrderWord(token, tokens, j);
            separated |= token.is(",") || FunctionWords.CONJUNCTIONS.contains(token.lower()) || isDash(tokens, j);
            j++;
        }
        if (j >= tokens.size()) {
            return null;
        }
        boolean hasConnective = j > i;
        int conditional = tokens.get(j).is("only") ? j + 1 : j;
        Opening condition = conditionAt(tokens, conditional, separated && conditional == j, first);
        if (condition != null) {
            return condition;
        }
        Opening time = timeClauseAt(tokens, j, separated || first);
        if (time != null) {
            return time;
        }
        int afterNegative = negativePreposition(tokens, j);
        if (afterNegative > 0 && (!first || tokens.stream().anyMatch(token -> token.is(",")))) {
            return new Opening(afterNegative, Marker.NOT, separated);
        }
        boolean only = j > 0 && tokens.get(j - 1).is("only") && isNegated(tokens, from, i);
        if (hasConnective && (first || only || verbs.opensClause(tokens, j) && !isRelative(tokens, i, j))) {
            boolean otherwise = tokens.get(j).is("otherwise") || tokens.get(j).is("else");
            // "Do not shorten or translate it": the "not" holds for both.
            boolean not = or && (current == Marker.NOT || isNegated(tokens, from, i));
            return new Opening(
                    j, not ? Marker.NOT : otherwise ? Marker.OTHERWISE : then ? Marker.THEN : Marker.NONE, separated);
        }
        if (tokens.get(j).is("otherwise") || tokens.get(j).is("else")) {
            return new Opening(skip(tokens, j + 1), Marker.OTHERWISE, true);
        }
        return null;
    }

    private static boolean isNegated(List<Token> tokens, int from, int to) {
        return tokens.subList(Math.min(from, to), to).stream()
                .limit(NEGATOR_AT_MOST_AT)
                .anyMatch(token -> FunctionWords.NEGATORS.contains(token.lower())
                        || FunctionWords.NEGATIVE_VERBS.contains(token.lower()));
    }

    /** "after that", "before sending it", "once you have read it", "after the letter has been read". */
    private @org.jspecify.annotations.Nullable Opening timeClauseAt(List<Token> tokens, int j, boolean separated) {
        int subject = j + timeAt(tokens, j);
        if (subject == j || subject >= tokens.size()) {
            return null;
        }
        Token next = tokens.get(subject);
        if (tokens.get(j).is("after") && (next.is("that") || next.is("this"))) {
            return new Opening(Math.min(skip(tokens, subject + 1), tokens.size()), Marker.THEN, true);
        }
        if (tokens.get(j).is("before") && (next.is("that") || next.is("this")) && subject + 1 < tokens.size()) {
            return new Opening(skip(tokens, subject + 1), Marker.AFTER, false);
        }
        Marker marker = tokens.get(j).is("before") ? Marker.BEFORE : Marker.AFTER;
        boolean plain = tokens.get(j).is("before") || tokens.get(j).is("after");
        if (plain && verbs.isGerund(next)) {
            return new Opening(subject, marker, separated);
        }
        if (next.is("you") || next.is("you've")) {
            int verb = subject + 1;
            while (verb < tokens.size()
                    && FunctionWords.AUXILIARIES.contains(tokens.get(verb).lower())) {
                verb++;
            }
            return verb < tokens.size() ? new Opening(verb, marker, separated) : null;
        }
        boolean pronoun = FunctionWords.SUBJECT_PRONOUNS.contains(next.lower()) && subject + 1 < tokens.size();
        boolean noun = FunctionWords.DETERMINERS.contains(next.lower()) && hasAuxiliary(tokens, subject);
        return pronoun || noun ? new Opening(subject, marker, separated) : null;
    }

    private static boolean hasAuxiliary(List<Token> tokens, int from) {
        return tokens.subList(from, tokens.size()).stream()
                .takeWhile(token -> token.kind() != Token.Kind.PUNCTUATION)
                .anyMatch(token -> FunctionWords.AUXILIARIES.contains(token.lower()));
    }

    /** How many words say that something happens before or after; 0 where none does. */
    private static int timeAt(List<Token> tokens, int j) {
        if (j >= tokens.size()) {
            return 0;
        }
        boolean one = tokens.get(j).is("before")
                || tokens.get(j).is("after")
                || tokens.get(j).is("once");
        return one ? 1 : are(tokens, j, "as", "soon", "as") ? 3 : 0;
    }

    /** How many words open a condition; 0 where none do. */
    private static int conditional(List<Token> tokens, int j) {
        if (j >= tokens.size()) {
            return 0;
        }
        if (are(tokens, j, "in", "that", "case")) {
            return 3;
        }
        if (are(tokens, j, "in", "case") && !are(tokens, j, "in", "case", "of")) {
            return 2;
        }
        if (are(tokens, j, "in", "the", "event", "that")) {
            return 4;
        }
        if (are(tokens, j, "as", "long", "as")) {
            return 3;
        }
        boolean one = FunctionWords.CONDITIONALS.contains(tokens.get(j).lower());
        boolean that = tokens.get(j).is("provided") || tokens.get(j).is("assuming");
        return !one ? 0 : that && are(tokens, j + 1, "that") ? 2 : 1;
    }

    /** How many words say that what was asked before holds; 0 where none do. */
    private static int affirmation(List<Token> tokens, int j) {
        for (List<String> words : AFFIRMATIONS) {
            int end = j + words.size();
            boolean closed = end < tokens.size() && tokens.get(end).is(",");
            if (closed && are(tokens, j, words.toArray(String[]::new))) {
                return words.size();
            }
        }
        return 0;
    }

    private static boolean are(List<Token> tokens, int from, String... words) {
        for (int i = 0; i < words.length; i++) {
            if (from + i >= tokens.size() || !tokens.get(from + i).is(words[i])) {
                return false;
            }
        }
        return true;
    }

    private @org.jspecify.annotations.Nullable Opening conditionAt(
            List<Token> tokens, int j, boolean separated, boolean first) {
        int words = conditional(tokens, j);
        if (words == 0 || j + words >= tokens.size()) {
            return null;
        }
        Token word = tokens.get(j);
        if (word.is("if") && !first && politelyAsks(tokens, j + 1)) {
            return new Opening(skip(tokens, j + 3), Marker.NONE, true);
        }
        int affirmed = word.is("if") || word.is("in") ? affirmation(tokens, j) : 0;
        if (affirmed > 0) {
            return new Opening(skip(tokens, j + affirmed), Marker.IF_SO, true);
        }
        if (word.is("if")
                && tokens.get(j + 1).is("not")
                && (j + 2 >= tokens.size() || tokens.get(j + 2).is(","))) {
            return new Opening(skip(tokens, j + 2), Marker.OTHERWISE, true);
        }
        if (word.is("when") && !first && !separated || (word.is("provided") || word.is("assuming")) && words == 1) {
            return null;
        }
        // "tell me if", "check if": it asks whether.
        boolean whether = !first && !separated && asksWhether(tokens, j - 1);
        return word.is("if") && whether && !tokens.get(j - 1).is("only")
                ? null
                : new Opening(j + words, word.is("unless") ? Marker.UNLESS : Marker.IF, separated || first);
    }

    /** "It would be great if you could …". */
    private static boolean politelyAsks(List<Token> tokens, int j) {
        return j + 2 < tokens.size()
                && tokens.get(j).is("you")
                && FunctionWords.COULD.contains(tokens.get(j + 1).lower());
    }

    /** The verb before, or before "me", is one that a question can depend on. */
    private static boolean asksWhether(List<Token> tokens, int before) {
        boolean object = AS_WHETHER_AFTER.contains(tokens.get(before).lower()) && before > 0;
        return FunctionWords.FINDING_OUT.contains(
                tokens.get(object ? before - 1 : before).lower());
    }

    private int negativePreposition(List<Token> tokens, int j) {
        if (j + 1 >= tokens.size()) {
            return -1;
        }
        // "the letter without names" is another letter; "without reading it" forbids something.
        boolean describes = tokens.get(j).is("without") && !verbs.isGerund(tokens.get(j + 1));
        if (describes) {
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
                || isOnly(tokens, j)
                || isOrderWord(token, tokens, j);
    }

    /** "…, only tell me this"; not "the only name", and not "only if". */
    private static boolean isOnly(List<Token> tokens, int j) {
        return tokens.get(j).is("only") && (j == 0 || isConnective(tokens, j - 1)) && conditional(tokens, j + 1) == 0;
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
