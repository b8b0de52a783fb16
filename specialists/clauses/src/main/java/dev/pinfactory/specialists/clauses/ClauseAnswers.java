package dev.pinfactory.specialists.clauses;

import dev.pinfactory.specialists.sdk.Inference;
import dev.pinfactory.specialists.sdk.InferenceResult;
import dev.pinfactory.specialists.sdk.SpecialistModel;
import java.util.List;
import java.util.function.Function;

/** Both specialists of this module read the port {@code text} and label it as a whole. */
record ClauseAnswers(Function<String, InferenceResult> answer) implements SpecialistModel {
    @Override
    public List<InferenceResult> infer(List<Inference> batch) {
        return batch.stream().map(this::infer).toList();
    }

    private InferenceResult infer(Inference inference) {
        String text = inference.text("text");
        if (text.isBlank()) {
            return InferenceResult.inputInvalid("'text' is blank, expected a clause");
        }
        if (inference.cancelled()) {
            return InferenceResult.abstained("cancelled");
        }
        return answer.apply(text);
    }
}
