package dev.pinfactory.specialists.slots;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.pinfactory.proto.digest.Digests;
import dev.pinfactory.specialists.learning.ModelFile;
import dev.pinfactory.specialists.learning.SpanScores.LabelledSpan;
import dev.pinfactory.specialists.learning.compression.Teacher;
import dev.pinfactory.specialists.learning.evaluation.Answer;
import dev.pinfactory.specialists.learning.sequence.CrfTrainer;
import dev.pinfactory.specialists.learning.sequence.SequenceModel;
import dev.pinfactory.specialists.learning.sequence.Token;
import dev.pinfactory.specialists.learning.sequence.Tokenizer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Who labels requests.
 *
 * @param models what was trained for it; empty where somebody is called
 * @param called a teacher that is called
 */
record SlotsTeacher(RequestIntent intent, List<SequenceModel> models, Optional<Teacher> called) {
    /** What it says of a text. */
    LabelledRequest label(String text) {
        if (called.isPresent()) {
            return of(text, called.get().answer(text));
        }
        List<Token> tokens = Tokenizer.tokenize(text);
        String wanted = intent.read(text).getFirst().label();
        Set<LabelledSpan> slots = new HashSet<>();
        models.getFirst()
                .spans(SequenceModel.lattice(models, SlotFeatures.of(tokens, wanted)))
                .forEach(span -> slots.add(new LabelledSpan(
                        text.codePointCount(0, tokens.get(span.start()).start()),
                        text.codePointCount(0, tokens.get(span.end() - 1).end()),
                        span.type())));
        return new LabelledRequest(text, wanted, slots);
    }

    static LabelledRequest label(RequestReader reader, String text) {
        RequestReader.Reading reading = reader.read(text);
        Set<LabelledSpan> slots = new HashSet<>();
        reading.slots().forEach(slot -> slots.add(SlotScores.span(text, slot)));
        return new LabelledRequest(text, reading.intents().getFirst().label(), slots);
    }

    /** Where it gives no intent, the text has none that could be learnt. */
    private LabelledRequest of(String text, Answer answer) {
        Set<LabelledSpan> slots = new HashSet<>();
        answer.output("slots")
                .ifPresent(found -> found.getJson()
                        .getListValue()
                        .getValuesList()
                        .forEach(value -> slots.add(span(value.getStructValue()))));
        String wanted = answer.label("intent");
        return new LabelledRequest(
                text, wanted.isBlank() ? intent.read(text).getFirst().label() : wanted, slots);
    }

    private static LabelledSpan span(Struct slot) {
        return new LabelledSpan(
                (int) number(slot, "start"),
                (int) number(slot, "end"),
                slot.getFieldsOrDefault("type", Value.getDefaultInstance()).getStringValue());
    }

    private static double number(Struct slot, String name) {
        return slot.getFieldsOrDefault(name, Value.getDefaultInstance()).getNumberValue();
    }

    /** Labelled requests with what it says of them, half and half, and what it says of the others. */
    List<CrfTrainer.Example> lesson(SlotsStudents lessons, List<LabelledRequest> labelled, List<String> more) {
        List<CrfTrainer.Example> lesson = new ArrayList<>();
        for (LabelledRequest request : labelled) {
            if (models.isEmpty()) {
                lesson.add(lessons.certain(request));
                lesson.add(lessons.certain(label(request.text())));
            } else {
                lesson.add(lessons.taught(request, models));
            }
        }
        for (String text : more) {
            lesson.add(
                    models.isEmpty()
                            ? lessons.certain(label(text))
                            : lessons.taught(text, intent.read(text).getFirst().label(), models));
        }
        return lesson;
    }

    long bytes() {
        return models.isEmpty() ? called.map(Teacher::bytes).orElse(0L) : file().length;
    }

    /** For the lineage. */
    String origin() {
        return models.isEmpty() ? called.map(Teacher::origin).orElse("") : Digests.of(file());
    }

    private byte[] file() {
        return ModelFile.write("teacher", 1, out -> {
            intent.write(out);
            for (SequenceModel model : models) {
                model.write(out);
            }
        });
    }
}
