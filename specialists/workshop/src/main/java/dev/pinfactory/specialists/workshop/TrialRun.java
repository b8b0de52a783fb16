package dev.pinfactory.specialists.workshop;

import dev.pinfactory.encoder.SentenceEncoder;
import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.proto.v1.InferRequest;
import dev.pinfactory.specialists.sdk.Inference;
import dev.pinfactory.specialists.sdk.InferenceResult.Answered;
import dev.pinfactory.specialists.sdk.ModelSource;
import dev.pinfactory.specialists.sdk.SpecialistModel;
import dev.pinfactory.specialists.workshop.training.Outcome;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The model as it is served, read back from its bytes and asked about rows of the test.
 *
 * @param samples calls that it answers, to warm it up by
 */
record TrialRun(Latencies latencies, List<InferRequest> samples) {
    private static final int WARM_UP = 20;
    private static final int ASKED = 200;
    private static final int SAMPLES = 2;
    private static final int MAX_SAMPLE_BYTES = 64 << 10;

    /** @throws IOException when the model can't be read back */
    static TrialRun of(Outcome outcome, SentenceEncoder encoder) throws IOException {
        List<InferRequest> samples = new ArrayList<>();
        double[] milliseconds = new double[ASKED];
        try (SpecialistModel model = outcome.type().loader(encoder).load(ModelSource.of(outcome.model()))) {
            for (int i = -WARM_UP; i < ASKED; i++) {
                Artifact input =
                        outcome.inputs().get(Math.floorMod(i, outcome.inputs().size()));
                long start = System.nanoTime();
                var result = model.infer(List.of(Inference.of(List.of(input), outcome.parameters())));
                if (i >= 0) {
                    milliseconds[i] = (System.nanoTime() - start) / 1e6;
                }
                boolean fits = i >= 0
                        && samples.size() < SAMPLES
                        && i < outcome.inputs().size();
                if (fits && result.getFirst() instanceof Answered && input.getSerializedSize() <= MAX_SAMPLE_BYTES) {
                    samples.add(InferRequest.newBuilder().addInputs(input).build());
                }
            }
        }
        return new TrialRun(Latencies.of(milliseconds), List.copyOf(samples));
    }
}
