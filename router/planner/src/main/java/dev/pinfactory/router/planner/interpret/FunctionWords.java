package dev.pinfactory.router.planner.interpret;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The closed word classes of English: grammar, not vocabulary. Nothing here says what a specialist does. */
public final class FunctionWords {
    static final Set<String> DETERMINERS = Set.of(
            "the", "a", "an", "this", "that", "these", "those", "my", "your", "our", "his", "her", "its", "their",
            "all", "any", "each", "every", "both", "some", "no", "another");
    static final Set<String> OBJECT_PRONOUNS = Set.of(
            "it", "them", "this", "that", "these", "those", "me", "us", "him", "her", "one", "everything", "both");
    static final Set<String> SUBJECT_PRONOUNS = Set.of(
            "i", "we", "you", "they", "he", "she", "it", "there", "here", "i'm", "we're", "you're", "they're", "i've",
            "we've", "you've", "i'd", "we'd", "i'll", "we'll", "it's", "he's", "she's", "that's", "there's", "here's");
    static final Set<String> QUESTION_WORDS = Set.of(
            "what", "which", "who", "whom", "whose", "when", "where", "why", "how", "whether", "what's", "who's",
            "where's", "when's", "how's");
    static final Set<String> AUXILIARIES = Set.of(
            "is", "are", "was", "were", "be", "been", "am", "do", "does", "did", "can", "could", "will", "would",
            "shall", "should", "may", "might", "must", "has", "have", "had");
    /** After "I don't": what makes it a wish to be told. */
    static final Set<String> UNKNOWING = Set.of("know", "understand", "see", "get", "remember", "sure", "certain");

    static final Set<String> COULD = Set.of("could", "would", "can", "will", "might");
    static final Set<String> CONJUNCTIONS = Set.of("and", "or", "but", "also", "plus", "as", "so", "&");
    static final Set<String> ORDER_FIRST = Set.of("first", "firstly");
    static final Set<String> ORDER_NEXT =
            Set.of("then", "next", "afterwards", "afterward", "subsequently", "second", "secondly", "third", "thirdly");
    static final Set<String> ORDER_LAST = Set.of("finally", "lastly");
    static final Set<String> EACH = Set.of("each", "every", "all", "both");
    static final Set<String> POLITE = Set.of("please", "kindly", "just", "simply", "now", "also", "either", "too");
    static final Set<String> NEGATORS =
            Set.of("not", "never", "don't", "dont", "doesn't", "needn't", "mustn't", "shouldn't", "neither");
    static final Set<String> NEGATIVE_VERBS = Set.of("skip", "omit", "avoid", "forget", "ignore", "exclude");
    /** What people say to each other and nobody is to do. */
    static final Set<String> COURTESIES = Set.of(
            "thanks",
            "thank",
            "hi",
            "hello",
            "hey",
            "dear",
            "regards",
            "cheers",
            "sorry",
            "welcome",
            "congratulations",
            "goodbye",
            "bye");

    static final Set<String> PREPOSITIONS = Set.of(
            "of", "in", "on", "at", "by", "for", "from", "to", "with", "into", "onto", "about", "over", "under",
            "between", "through", "during", "per", "via", "than", "like", "within", "using", "off", "out", "up",
            "down");
    static final Set<String> CONDITIONALS = Set.of("if", "unless", "when", "provided", "assuming");
    /** What stands between a verb and a noun and never between two nouns. */
    private static final Set<String> ARTICLES = Set.of(
            "the", "a", "an", "my", "your", "our", "his", "her", "its", "their", "these", "those", "it", "them", "any",
            "every", "each");

    static final Set<String> PARTICLES = Set.of("out", "up", "down", "off", "away", "over", "back");

    /** Verbs that a question can depend on: "tell me if", "see whether". */
    static final Set<String> FINDING_OUT = Set.of(
            "tell",
            "check",
            "see",
            "know",
            "ask",
            "say",
            "determine",
            "decide",
            "find",
            "verify",
            "wonder",
            "judge",
            "assess",
            "confirm",
            "show",
            "learn");

    static final Set<String> NEGATIVE_PREPOSITIONS = Set.of("without", "except", "excluding", "nor");

    private static final Set<String> ALL = Stream.of(
                    DETERMINERS,
                    OBJECT_PRONOUNS,
                    SUBJECT_PRONOUNS,
                    QUESTION_WORDS,
                    AUXILIARIES,
                    CONJUNCTIONS,
                    ORDER_FIRST,
                    ORDER_NEXT,
                    ORDER_LAST,
                    POLITE,
                    NEGATORS,
                    PREPOSITIONS,
                    CONDITIONALS,
                    NEGATIVE_PREPOSITIONS,
                    Set.of(
                            "otherwise",
                            "else",
                            "after",
                            "before",
                            "only",
                            "want",
                            "need",
                            "let",
                            "s",
                            "t",
                            "d",
                            "m",
                            "re",
                            "ve",
                            "ll"))
            .flatMap(Set::stream)
            .collect(Collectors.toUnmodifiableSet());

    private FunctionWords() {}

    public static boolean isFunctionWord(String lower) {
        return ALL.contains(lower);
    }

    public static boolean isQuestionWord(String lower) {
        return QUESTION_WORDS.contains(lower);
    }

    public static boolean isAuxiliary(String lower) {
        return AUXILIARIES.contains(lower);
    }

    public static boolean isPreposition(String lower) {
        return PREPOSITIONS.contains(lower);
    }

    static boolean isArticle(String lower) {
        return ARTICLES.contains(lower);
    }

    /** Whether the word can only open or continue a noun phrase that is some verb's object. */
    static boolean opensObject(String lower) {
        return DETERMINERS.contains(lower) || OBJECT_PRONOUNS.contains(lower) || QUESTION_WORDS.contains(lower);
    }
}
