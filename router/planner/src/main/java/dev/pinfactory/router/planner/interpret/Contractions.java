package dev.pinfactory.router.planner.interpret;

import java.util.List;
import java.util.regex.Pattern;

/** Writes out what English shortens, so that "what's" and "what is" are the same to whoever compares texts. */
final class Contractions {
    private record Rule(Pattern shortened, String written) {}

    private static final List<Rule> RULES = List.of(
            rule("\\b(what|who|where|when|how|that|there|here|it|he|she|let)['’]s\\b", "$1 is"),
            rule("\\blet is\\b", "let us"),
            rule("\\bcan['’]t\\b", "can not"),
            rule("\\bwon['’]t\\b", "will not"),
            rule("n['’]t\\b", " not"),
            rule("['’]re\\b", " are"),
            rule("['’]ve\\b", " have"),
            rule("['’]ll\\b", " will"),
            rule("\\b(i|we|you|they|he|she)['’]d\\b", "$1 would"),
            rule("\\bi['’]m\\b", "I am"));

    private Contractions() {}

    private static Rule rule(String shortened, String written) {
        return new Rule(Pattern.compile(shortened, Pattern.CASE_INSENSITIVE), written);
    }

    static String writtenOut(String text) {
        if (text.indexOf('\'') < 0 && text.indexOf('’') < 0) {
            return text;
        }
        String written = text;
        for (Rule rule : RULES) {
            written = rule.shortened().matcher(written).replaceAll(rule.written());
        }
        return written;
    }
}
