package dev.pinfactory.router.planner.interpret;

/**
 * What has to hold for a clause: "it is negative".
 *
 * @param text the words after "if", "unless" or "when"
 * @param start index of the first char in the instruction
 * @param end index after the last char
 * @param negated for "unless", "otherwise", and a "not" among the words
 */
public record ConditionPhrase(String text, int start, int end, boolean negated) {
    ConditionPhrase inverted() {
        return new ConditionPhrase(text, start, end, !negated);
    }
}
