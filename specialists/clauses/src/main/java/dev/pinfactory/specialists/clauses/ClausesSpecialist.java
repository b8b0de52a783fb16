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

/** Tells in which way a clause of a contract is unfair to the consumer, or that it is not. */
@Specialist
public class ClausesSpecialist implements SpecialistLoader {
    /** Floors of single kinds are lower where that finds more; an answer that is likelier wrong than this is no answer. */
    private static final double FLOOR = 0.4;

    /** It learned from sentences of at most 1,824 characters. */
    static final int LONGEST = 5_000;

    private final SentenceEncoder encoder;

    /** With the process's own encoder. */
    public ClausesSpecialist() {
        this(SentenceEncoder.shared());
    }

    public ClausesSpecialist(SentenceEncoder encoder) {
        this.encoder = encoder;
    }

    @Override
    public SpecialistModel load(ModelSource model) throws IOException {
        try (InputStream stream = model.open()) {
            ClauseReader reader = ClauseReader.read(stream, encoder);
            return new ClauseAnswers(LONGEST, text -> answer(reader.read(text)));
        }
    }

    private static InferenceResult answer(List<Candidate> kinds) {
        Artifact answer = LabelsArtifact.of("kinds", "text", kinds);
        return kinds.getFirst().confidence() < FLOOR
                ? InferenceResult.abstained("no kind is likely enough, nor that there is none", answer)
                : InferenceResult.answered(answer);
    }
}
