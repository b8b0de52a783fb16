package dev.pinfactory.specialists.pii;

import dev.pinfactory.specialists.learning.ModelFile;
import dev.pinfactory.specialists.learning.sequence.SequenceModel;
import java.io.IOException;
import java.io.InputStream;

/** The sequence model as a file. */
final class PiiModel {
    private static final String KIND = "pii";
    private static final int VERSION = 1;

    private PiiModel() {}

    static byte[] bytes(SequenceModel model) {
        return ModelFile.write(KIND, VERSION, model::write);
    }

    /** @throws IOException when it is no such model */
    static SequenceModel read(InputStream stream) throws IOException {
        return ModelFile.read(stream, KIND, VERSION, SequenceModel::read);
    }
}
