package dev.pinfactory.specialists.clauses;

import dev.pinfactory.specialists.sdk.Inference;
import dev.pinfactory.specialists.sdk.InferenceResult;
import dev.pinfactory.specialists.sdk.SpecialistModel;
import java.util.List;
import java.util.function.Function;

/**
 * Both specialists of this module read the port {@code text} and label it as a whole.
 *
 * @param longest characters of a text; a longer one is a contract, of which one label says nothing
 */
record ClauseAnswers(int longest, Function<String, InferenceResult> answer) implements SpecialistModel {
    @Override
    public List<InferenceResult> infer(List<Inference> batch) {
        return batch.stream().map(this::infer).toList();
    }

    private InferenceResult infer(Inference inference) {
        String text = inference.text("text");
        if (text.isBlank()) {
            return InferenceResult.inputInvalid("'text' is blank, expected a clause");
        }
        int length = text.codePointCount(0, text.length());
        if (length > longest) {
            return InferenceResult.inputInvalid("'text' has " + length + " characters, at most " + longest
                    + " are read as one clause; give a contract clause by clause");
        }
        if (inference.cancelled()) {
            return InferenceResult.abstained("cancelled");
        }
        return answer.apply(text);
    }
}
