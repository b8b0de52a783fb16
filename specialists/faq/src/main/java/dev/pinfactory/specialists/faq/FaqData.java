package dev.pinfactory.specialists.faq;

import dev.pinfactory.specialists.learning.JsonLines;
import dev.pinfactory.specialists.learning.LabelledText;
import dev.pinfactory.specialists.learning.Split;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * What the shipped index is made of: customers' questions with a topic, answers to the topics, and questions about something else.
 *
 * @param questions those that go into the index, and those that are held back to measure it
 * @param answers by topic, with questions of their own where customers' are missing
 * @param elsewhere half of these teach the confidence what is not known, the others measure it
 */
record FaqData(Split<LabelledText> questions, Map<String, Answered> answers, Split<LabelledText> elsewhere) {
    static final List<String> FILES = List.of("train.jsonl.gz", "entries.jsonl", "elsewhere.jsonl.gz");

    private static final double HELD_BACK = 0.1;

    /** A topic's answer, and ways to ask for it. */
    record Answered(String topic, String answer, List<String> questions) {}

    static FaqData read(Path folder, long seed) {
        Map<String, Answered> answers = new LinkedHashMap<>();
        JsonLines.read(folder.resolve(FILES.get(1)), FaqData::answered)
                .forEach(answered -> answers.put(answered.topic(), answered));
        return new FaqData(
                Split.stratified(LabelledText.read(folder.resolve(FILES.get(0))), LabelledText::label, HELD_BACK, seed),
                answers,
                Split.stratified(LabelledText.read(folder.resolve(FILES.get(2))), LabelledText::label, 0.5, seed));
    }

    /** All questions that are not held back. */
    List<FaqEntry> entries() {
        List<FaqEntry> entries = new ArrayList<>();
        for (LabelledText question : questions.train()) {
            Answered answered = answers.get(question.label());
            if (answered == null) {
                throw new IllegalArgumentException("topic '" + question.label() + "' has no answer");
            }
            entries.add(new FaqEntry(answered.topic(), question.text(), answered.answer()));
        }
        entries.addAll(officeEntries());
        return entries;
    }

    /** The questions that were written with their answers; customers' are not among them. */
    List<FaqEntry> officeEntries() {
        List<FaqEntry> entries = new ArrayList<>();
        for (Answered answered : answers.values()) {
            for (String question : answered.questions()) {
                entries.add(new FaqEntry(answered.topic(), question, answered.answer()));
            }
        }
        return entries;
    }

    private static Answered answered(JsonNode line) {
        List<String> questions = new ArrayList<>();
        line.path("questions").forEach(question -> questions.add(question.asString()));
        return new Answered(JsonLines.text(line, "topic"), JsonLines.text(line, "answer"), List.copyOf(questions));
    }
}
