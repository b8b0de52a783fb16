package dev.pinfactory.specialists.host;

import dev.pinfactory.encoder.SentenceEncoder;
import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.specialists.sdk.Inference;
import dev.pinfactory.specialists.sdk.InferenceResult;
import dev.pinfactory.specialists.sdk.Specialist;
import dev.pinfactory.specialists.sdk.SpecialistModel;
import java.util.List;

/** A specialist that is announced by its jar and asks for the shared encoder. */
@Specialist
public final class EncoderUser implements SpecialistModel {
    private final SentenceEncoder encoder;

    public EncoderUser(SentenceEncoder encoder) {
        this.encoder = encoder;
    }

    @Override
    public List<InferenceResult> infer(List<Inference> batch) {
        Artifact answer = Artifact.newBuilder()
                .setName("encoder")
                .setType("text")
                .setText(encoder.digest())
                .build();
        return batch.stream().map(item -> InferenceResult.answered(answer)).toList();
    }
}
