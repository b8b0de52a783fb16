package dev.pinfactory.router.planner.interpret;

import java.util.List;

/** Tells verbs that open a clause from nouns in a list, by the lexicon where it knows the word and by what follows where it doesn't. */
final class Verbs {
    /** Shares of verb use above which a word opens a clause: alone, before any word, and before what can only be an object. */
    private static final double ALONE = 0.7;

    private static final double BEFORE_ANY = 0.55;
    private static final double BEFORE_OBJECT = 0.2;

    private final VerbLexicon lexicon;

    Verbs(VerbLexicon lexicon) {
        this.lexicon = lexicon;
    }

    boolean opensClause(List<Token> tokens, int j) {
        if (j >= tokens.size() || tokens.get(j).kind() != Token.Kind.WORD) {
            return false;
        }
        String word = tokens.get(j).lower();
        String next = j + 1 < tokens.size() ? tokens.get(j + 1).lower() : "";
        if (word.equals("leave") && leavesOut(tokens.subList(j, tokens.size()))) {
            return true;
        }
        if (FunctionWords.NEGATORS.contains(word) || word.equals("let") || word.equals("let's")) {
            return true;
        }
        if (word.equals("no")) {
            return !next.isEmpty() && (next.equals("need") || !FunctionWords.isFunctionWord(next));
        }
        if (FunctionWords.QUESTION_WORDS.contains(word)) {
            return !next.isEmpty();
        }
        if (FunctionWords.AUXILIARIES.contains(word)) {
            return FunctionWords.SUBJECT_PRONOUNS.contains(next)
                    || FunctionWords.DETERMINERS.contains(next)
                    || FunctionWords.NEGATORS.contains(next);
        }
        if (FunctionWords.SUBJECT_PRONOUNS.contains(word)) {
            return !next.isEmpty() && !FunctionWords.CONJUNCTIONS.contains(next) && !next.equals(",");
        }
        return isImperative(tokens, j);
    }

    boolean isImperative(List<Token> tokens, int j) {
        if (j >= tokens.size() || tokens.get(j).kind() != Token.Kind.WORD) {
            return false;
        }
        String word = tokens.get(j).lower();
        if (FunctionWords.NEGATIVE_VERBS.contains(word)) {
            return true;
        }
        if (FunctionWords.COURTESIES.contains(word)) {
            return false;
        }
        if (FunctionWords.isFunctionWord(word) || isGerund(tokens.get(j))) {
            return false;
        }
        double share = lexicon.verbShare(word);
        if (isParticleVerb(tokens, j)) {
            return true;
        }
        if (j + 1 >= tokens.size()
                || tokens.get(j + 1).kind() == Token.Kind.PUNCTUATION
                || FunctionWords.CONJUNCTIONS.contains(tokens.get(j + 1).lower())) {
            return share >= ALONE;
        }
        String next = tokens.get(j + 1).lower();
        if (FunctionWords.isArticle(next)) {
            return !word.endsWith("s") || share >= BEFORE_OBJECT;
        }
        if (FunctionWords.opensObject(next)) {
            return share < 0 ? !word.endsWith("s") : share >= BEFORE_OBJECT;
        }
        return share >= BEFORE_ANY;
    }

    /** "leave the names out", "leave aside what he says", "leave it untranslated". */
    static boolean leavesOut(List<Token> tokens) {
        return tokens.getFirst().is("leave")
                && tokens.stream()
                        .anyMatch(token -> token.is("out")
                                || token.is("aside")
                                || token.is("off")
                                || token.lower().startsWith("un")
                                        && token.lower().endsWith("ed"));
    }

    /** "black out everything", "boil the report down" is left to the article. */
    private static boolean isParticleVerb(List<Token> tokens, int j) {
        return j + 2 < tokens.size()
                && FunctionWords.PARTICLES.contains(tokens.get(j + 1).lower())
                && FunctionWords.opensObject(tokens.get(j + 2).lower());
    }

    /** A word that was never seen and another one of meaning after it, at the start of a clause: "Shrinkwrap pallets". */
    boolean mayBeImperative(List<Token> tokens, int j) {
        if (j + 1 >= tokens.size()
                || tokens.get(j).kind() != Token.Kind.WORD
                || tokens.get(j + 1).kind() == Token.Kind.PUNCTUATION) {
            return false;
        }
        String word = tokens.get(j).lower();
        boolean inflected = word.endsWith("s") || word.endsWith("ed") || word.endsWith("ing");
        return !inflected
                && !FunctionWords.isFunctionWord(word)
                && !FunctionWords.isFunctionWord(tokens.get(j + 1).lower())
                && lexicon.verbShare(word) < 0;
    }

    boolean isVerb(Token token) {
        return token.kind() == Token.Kind.WORD && lexicon.verbShare(token.lower()) >= BEFORE_ANY;
    }

    boolean isGerund(Token token) {
        return token.kind() == Token.Kind.WORD
                && token.text().length() > 5
                && token.lower().endsWith("ing");
    }
}
