package dev.pinfactory.specialists.clauses;

import dev.pinfactory.encoder.SentenceEncoder;
import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.specialists.sdk.InferenceResult;
import dev.pinfactory.specialists.sdk.ModelSource;
import dev.pinfactory.specialists.sdk.Specialist;
import dev.pinfactory.specialists.sdk.SpecialistLoader;
import dev.pinfactory.specialists.sdk.SpecialistModel;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Tells in which ways a contract, or one clause of it, is unfair to the consumer, and where; or that it is not. */
@Specialist
public class ClausesSpecialist implements SpecialistLoader {
    /** Floors of single kinds are lower where that finds more; an answer that is likelier wrong than this is no answer. */
    private static final double FLOOR = 0.4;

    /** Of a contract: about sixty pages. */
    static final int LONGEST = 200_000;

    /** Each costs the encoder some milliseconds. */
    static final int MOST_CLAUSES = 4_000;

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
            return new ClauseAnswers(LONGEST, (text, cancelled) -> answer(reader, text, cancelled));
        }
    }

    private static InferenceResult answer(ClauseReader reader, String text, BooleanSupplier cancelled) {
        List<Clause> clauses = ClauseSplitter.split(text);
        if (clauses.size() > MOST_CLAUSES) {
            return InferenceResult.inputInvalid(
                    "'text' has " + clauses.size() + " sentences, at most " + MOST_CLAUSES + " are read");
        }
        return ContractReading.of(reader, text, clauses, cancelled)
                .map(reading -> answer(text, reading))
                .orElseGet(() -> InferenceResult.abstained("cancelled"));
    }

    private static InferenceResult answer(String text, ContractReading reading) {
        Artifact[] outputs = ContractArtifacts.of(text, reading).toArray(Artifact[]::new);
        return reading.kinds().getFirst().confidence() < FLOOR
                ? InferenceResult.abstained("no kind is likely enough, nor that there is none", outputs)
                : InferenceResult.answered(outputs);
    }
}
