package dev.pinfactory.specialists.pii;

import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.specialists.sdk.Inference;
import dev.pinfactory.specialists.sdk.InferenceResult;
import dev.pinfactory.specialists.sdk.ModelSource;
import dev.pinfactory.specialists.sdk.SpecialistModel;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.BiFunction;

/** Both specialists of this module: find the personal data in the port {@code text}, then make something of it. */
final class TextAnswers {
    private TextAnswers() {}

    static SpecialistModel of(ModelSource source, BiFunction<Artifact, List<PersonalDatum>, InferenceResult> answer)
            throws IOException {
        PiiFinder finder;
        try (InputStream stream = source.open()) {
            finder = new PiiFinder(PiiModel.read(stream));
        }
        return batch -> {
            List<InferenceResult> results = new ArrayList<>();
            for (Inference item : batch) {
                results.add(answer(finder, item, answer));
            }
            return results;
        };
    }

    private static InferenceResult answer(
            PiiFinder finder, Inference item, BiFunction<Artifact, List<PersonalDatum>, InferenceResult> answer) {
        if (item.cancelled()) {
            return InferenceResult.abstained("cancelled");
        }
        Artifact text = item.input("text");
        try {
            return answer.apply(text, finder.find(text.getText(), item::cancelled));
        } catch (CancellationException e) {
            return InferenceResult.abstained("cancelled");
        }
    }
}
