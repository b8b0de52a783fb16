package dev.pinfactory.specialists.receiptfields;

import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.specialists.sdk.Inference;
import dev.pinfactory.specialists.sdk.InferenceResult;
import dev.pinfactory.specialists.sdk.ModelSource;
import dev.pinfactory.specialists.sdk.Specialist;
import dev.pinfactory.specialists.sdk.SpecialistLoader;
import dev.pinfactory.specialists.sdk.SpecialistModel;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** Reads company, date, address and total from the text of a receipt. */
@Specialist
public final class ReceiptFieldsSpecialist implements SpecialistLoader {
    @Override
    public SpecialistModel load(ModelSource source) throws IOException {
        ReceiptModel model;
        try (InputStream stream = source.open()) {
            model = ReceiptModel.read(stream);
        }
        return batch -> {
            List<InferenceResult> results = new ArrayList<>();
            for (Inference item : batch) {
                results.add(item.cancelled() ? InferenceResult.abstained("cancelled") : answer(model, item));
            }
            return results;
        };
    }

    private static InferenceResult answer(ReceiptModel model, Inference item) {
        Artifact text = item.input("text");
        Receipt receipt;
        try {
            receipt = Receipt.of(text);
        } catch (IndexOutOfBoundsException e) {
            return InferenceResult.inputInvalid("text.segments: a segment reaches beyond the text");
        }
        if (receipt.lines().isEmpty()) {
            return InferenceResult.abstained("the text is empty");
        }
        var readings = model.read(receipt);
        if (readings.isEmpty()) {
            return InferenceResult.abstained("nothing in the text looks like a field of a receipt");
        }
        return InferenceResult.answered(FieldsArtifact.of(receipt, readings));
    }
}
