package dev.pinfactory.specialists.slots;

import dev.pinfactory.specialists.learning.Candidate;
import dev.pinfactory.specialists.learning.ModelFile;
import dev.pinfactory.specialists.learning.sequence.Lattice;
import dev.pinfactory.specialists.learning.sequence.SequenceModel;
import dev.pinfactory.specialists.learning.sequence.TaggedSpan;
import dev.pinfactory.specialists.learning.sequence.Token;
import dev.pinfactory.specialists.learning.sequence.Tokenizer;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** Reads a request: first what it wants, then, knowing that, its parameters. */
record RequestReader(RequestIntent intent, SequenceModel slots) {
    private static final String KIND = "slots";
    private static final int VERSION = 1;

    /** What was read. Offsets of a slot are indices of the text's string. */
    record Reading(List<Candidate> intents, List<Slot> slots) {}

    record Slot(String type, int start, int end, double confidence) {}

    Reading read(String text) {
        List<Candidate> intents = intent.read(text);
        List<Token> tokens = Tokenizer.tokenize(text);
        Lattice lattice =
                slots.lattice(SlotFeatures.of(tokens, intents.getFirst().label()));
        return new Reading(
                intents,
                slots.spans(lattice).stream().map(span -> slot(tokens, span)).toList());
    }

    private static Slot slot(List<Token> tokens, TaggedSpan span) {
        return new Slot(
                span.type(),
                tokens.get(span.start()).start(),
                tokens.get(span.end() - 1).end(),
                span.confidence());
    }

    byte[] bytes() {
        return ModelFile.write(KIND, VERSION, out -> {
            intent.write(out);
            slots.write(out);
        });
    }

    /** @throws IOException when it is no such model */
    static RequestReader read(InputStream stream) throws IOException {
        return ModelFile.read(
                stream, KIND, VERSION, in -> new RequestReader(RequestIntent.read(in), SequenceModel.read(in)));
    }
}
