package dev.pinfactory.specialists.entities;

import dev.pinfactory.encoder.SentenceEncoder;
import dev.pinfactory.specialists.learning.EntitiesArtifact;
import dev.pinfactory.specialists.learning.ModelFile;
import dev.pinfactory.specialists.learning.sequence.Lattice;
import dev.pinfactory.specialists.learning.sequence.SequenceModel;
import dev.pinfactory.specialists.learning.sequence.Token;
import dev.pinfactory.specialists.learning.sequence.Tokenizer;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/** Finds the names in a text by spelling, neighbours and the sentence encoder's states. */
record NameReader(SequenceModel names, SentenceEncoder encoder) {
    private static final String KIND = "entities";
    private static final int VERSION = 1;

    List<EntitiesArtifact.Found> read(String text) {
        List<Token> tokens = Tokenizer.tokenize(text);
        return read(tokens, NameFeatures.of(text, tokens, encoder.encodeTokens(text)));
    }

    /** Names among tokens whose features are known. */
    List<EntitiesArtifact.Found> read(List<Token> tokens, int[][] features) {
        Lattice lattice = names.lattice(features);
        return names.spans(lattice).stream()
                .map(span -> new EntitiesArtifact.Found(
                        span.type(),
                        tokens.get(span.start()).start(),
                        tokens.get(span.end() - 1).end(),
                        span.confidence(),
                        Optional.empty()))
                .toList();
    }

    byte[] bytes() {
        return ModelFile.write(KIND, VERSION, out -> {
            out.word(encoder.digest());
            names.write(out);
        });
    }

    /** @throws IOException also when the model was trained with another encoder, whose states mean something else */
    static NameReader read(InputStream stream, SentenceEncoder encoder) throws IOException {
        return ModelFile.read(stream, KIND, VERSION, in -> {
            String trainedWith = in.word();
            if (!trainedWith.equals(encoder.digest())) {
                throw new IOException(
                        "model 'entities' was trained with " + trainedWith + ", here is " + encoder.digest());
            }
            return new NameReader(SequenceModel.read(in), encoder);
        });
    }
}
