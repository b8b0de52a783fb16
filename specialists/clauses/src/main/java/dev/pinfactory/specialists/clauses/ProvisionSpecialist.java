package dev.pinfactory.specialists.clauses;

import dev.pinfactory.encoder.SentenceEncoder;
import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.specialists.learning.Candidate;
import dev.pinfactory.specialists.learning.LabelsArtifact;
import dev.pinfactory.specialists.sdk.InferenceResult;
import dev.pinfactory.specialists.sdk.ModelSource;
import dev.pinfactory.specialists.sdk.Specialist;
import dev.pinfactory.specialists.sdk.SpecialistLoader;
import dev.pinfactory.specialists.sdk.SpecialistModel;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/**
 * Tells what a provision of a contract is about. Hosts don't serve it by themselves: beside the unfair clauses, requests that only say "clause" would have
 * two specialists to go to.
 */
@Specialist(card = "ledgar/card.yaml", model = "ledgar/model.bin")
public class ProvisionSpecialist implements SpecialistLoader {
    /** Provisions are longer than sentences; of what lies behind the encoder's 512 tokens only the words count. */
    static final int LONGEST = 20_000;

    private final SentenceEncoder encoder;

    /** With the process's own encoder. */
    public ProvisionSpecialist() {
        this(SentenceEncoder.shared());
    }

    public ProvisionSpecialist(SentenceEncoder encoder) {
        this.encoder = encoder;
    }

    @Override
    public SpecialistModel load(ModelSource model) throws IOException {
        try (InputStream stream = model.open()) {
            ProvisionReader reader = ProvisionReader.read(stream, encoder);
            return new ClauseAnswers(LONGEST, (text, cancelled) -> answer(reader, text));
        }
    }

    private static InferenceResult answer(ProvisionReader reader, String text) {
        List<Candidate> ranked = reader.read(text);
        Artifact provision = LabelsArtifact.of("provision", "text", ranked);
        return ranked.getFirst().confidence() < reader.floor()
                ? InferenceResult.abstained("none of the known kinds of provision is likely enough", provision)
                : InferenceResult.answered(provision);
    }
}
