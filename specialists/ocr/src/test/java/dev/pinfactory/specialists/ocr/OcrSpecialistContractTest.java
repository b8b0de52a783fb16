package dev.pinfactory.specialists.ocr;

import dev.pinfactory.proto.v1.InferRequest;
import dev.pinfactory.specialists.testkit.SpecialistBeanContract;
import java.util.List;

/** The samples stand here and not beside the card: those there are run when a host starts, and would load the networks into one that gets no images. */
class OcrSpecialistContractTest extends SpecialistBeanContract {
    @Override
    protected Object specialist() {
        return new OcrSpecialist(new OcrSettings(1, 2));
    }

    @Override
    protected List<InferRequest> samples() {
        return List.of(InferRequest.newBuilder()
                .setSpecialist("ocr")
                .addInputs(TestImages.png(TestImages.invoice()))
                .build());
    }
}
