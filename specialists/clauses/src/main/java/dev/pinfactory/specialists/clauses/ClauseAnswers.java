package dev.pinfactory.specialists.clauses;

import dev.pinfactory.specialists.sdk.Inference;
import dev.pinfactory.specialists.sdk.InferenceResult;
import dev.pinfactory.specialists.sdk.SpecialistModel;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Both specialists of this module read the port {@code text}.
 *
 * @param longest characters of a text
 */
record ClauseAnswers(int longest, Reader reader) implements SpecialistModel {
    /** Answers a text that is neither blank nor too long. */
    @FunctionalInterface
    interface Reader {
        InferenceResult answer(String text, BooleanSupplier cancelled);
    }

    @Override
    public List<InferenceResult> infer(List<Inference> batch) {
        return batch.stream().map(this::infer).toList();
    }

    private InferenceResult infer(Inference inference) {
        String text = inference.text("text");
        if (text.isBlank()) {
            return InferenceResult.inputInvalid("'text' is blank, expected a clause or a contract");
        }
        int length = text.codePointCount(0, text.length());
        if (length > longest) {
            return InferenceResult.inputInvalid(
                    "'text' has " + length + " characters, at most " + longest + " are read");
        }
        if (inference.cancelled()) {
            return InferenceResult.abstained("cancelled");
        }
        return reader.answer(text, inference.cancellation());
    }
}
