package dev.pinfactory.specialists.normaliser;

import com.google.protobuf.Value;
import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.specialists.sdk.Inference;
import dev.pinfactory.specialists.sdk.InferenceResult;
import dev.pinfactory.specialists.sdk.Specialist;
import dev.pinfactory.specialists.sdk.SpecialistModel;
import java.util.List;
import java.util.Optional;

/** Brings the dates, amounts, measures and percentages of a text into their usual form. */
@Specialist
public final class NormaliserSpecialist implements SpecialistModel {
    static final String TEXT = "text";
    static final String VALUES = "values";
    static final String DATE_ORDER = "dateOrder";

    private static final int MOST = 200_000;

    @Override
    public List<InferenceResult> infer(List<Inference> batch) {
        return batch.stream().map(NormaliserSpecialist::infer).toList();
    }

    private static InferenceResult infer(Inference inference) {
        if (inference.cancelled()) {
            return InferenceResult.abstained("cancelled");
        }
        Artifact input = inference.input(TEXT);
        String text = input.getText();
        if (text.isBlank()) {
            return InferenceResult.inputInvalid("'text' is blank, expected a text");
        }
        if (text.length() > MOST) {
            return InferenceResult.inputInvalid(
                    "'text' has %,d characters, at most %,d are read".formatted(text.length(), MOST));
        }
        Optional<Writing.DateOrder> order;
        try {
            order = inference
                    .parameter(DATE_ORDER)
                    .map(Value::getStringValue)
                    .filter(asked -> !asked.isEmpty())
                    .map(Writing.DateOrder::valueOf);
        } catch (IllegalArgumentException e) {
            return InferenceResult.inputInvalid("'dateOrder' is none of DMY and MDY");
        }
        List<FoundValue> found = Normaliser.find(text, Writing.of(text, input.getLanguage(), order));
        Artifact answer = ValuesArtifact.of(text, found);
        boolean undecided = !found.isEmpty() && found.stream().allMatch(FoundValue::ambiguous);
        return undecided
                ? InferenceResult.abstained("everything found can be read in two ways", answer)
                : InferenceResult.answered(answer);
    }
}
