package dev.pinfactory.specialists.sdk;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A specialist whose model, a number in ASCII, can be exchanged. */
@Specialist(card = "shift.yaml", model = "shift.bin")
public class Shift implements SpecialistLoader {
    public final AtomicInteger closed = new AtomicInteger();

    @Override
    public SpecialistModel load(ModelSource model) throws IOException {
        String text = new String(model.bytes(), StandardCharsets.US_ASCII).strip();
        if (!text.matches("\\d+")) {
            throw new IOException("the model is no number");
        }
        double number = Double.parseDouble(text);
        return new SpecialistModel() {
            @Override
            public List<InferenceResult> infer(List<Inference> batch) {
                return batch.stream()
                        .map(inference -> InferenceResult.answered(Vowels.score("number", number)))
                        .toList();
            }

            @Override
            public void close() {
                closed.incrementAndGet();
            }
        };
    }
}
