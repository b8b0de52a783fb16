package dev.pinfactory.specialists.workshop.serving;

import dev.pinfactory.specialists.learning.EntitiesArtifact;
import dev.pinfactory.specialists.learning.ModelFile;
import dev.pinfactory.specialists.learning.sequence.SequenceModel;
import dev.pinfactory.specialists.learning.sequence.Token;
import dev.pinfactory.specialists.learning.sequence.Tokenizer;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/** Finds the places of a text that examples have marked. */
public record SpanReader(SequenceModel model) {
    private static final String KIND = ArtifactType.SPANS.kind();
    private static final int FORMAT = 1;

    /** In the order of the text. */
    public List<EntitiesArtifact.Found> read(String text) {
        List<Token> tokens = Tokenizer.tokenize(text);
        return model.spans(model.lattice(SpanFeatures.of(tokens))).stream()
                .map(span -> new EntitiesArtifact.Found(
                        span.type(),
                        tokens.get(span.start()).start(),
                        tokens.get(span.end() - 1).end(),
                        span.confidence(),
                        Optional.empty()))
                .toList();
    }

    public byte[] bytes() {
        return ModelFile.write(KIND, FORMAT, model::write);
    }

    static SpanReader read(InputStream stream) throws IOException {
        return ModelFile.read(stream, KIND, FORMAT, in -> new SpanReader(SequenceModel.read(in)));
    }
}
