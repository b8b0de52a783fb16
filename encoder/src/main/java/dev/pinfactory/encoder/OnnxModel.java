package dev.pinfactory.encoder;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.pinfactory.encoder.Tokenization.Pieces;
import java.nio.LongBuffer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** A BERT in ONNX Runtime, that gives the states of one of its layers. Safe for concurrent use. */
final class OnnxModel implements AutoCloseable {
    private static final String LAST_STATES = "last_hidden_state";

    private final OrtEnvironment environment;
    private final OrtSession session;
    private final Set<String> output;

    private OnnxModel(OrtEnvironment environment, OrtSession session, Set<String> output) {
        this.environment = environment;
        this.session = session;
        this.output = output;
    }

    static OnnxModel open(byte[] file, int threads) throws OrtException {
        return open(file, threads, LAST_STATES);
    }

    /** @param output the tensor that is given, one of the file's outputs */
    static OnnxModel open(byte[] file, int threads, String output) throws OrtException {
        OrtEnvironment environment = OnnxRuntime.environment();
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(threads);
            options.setInterOpNumThreads(1);
            // Waiting threads sleep; spinning ones would take the processor from the other roles.
            options.addConfigEntry("session.intra_op.allow_spinning", "0");
            return new OnnxModel(environment, environment.createSession(file, options), Set.of(output));
        }
    }

    /** Reads what the model gives, [texts × length × size], before it is freed. */
    @FunctionalInterface
    interface Reader<T> {
        T read(OnnxTensor states, int length) throws OrtException;
    }

    /** The states of one text, a row for each piece. */
    float[][] states(Pieces text) throws OrtException {
        return run(List.of(text), (states, length) -> ((float[][][]) states.getValue())[0]);
    }

    /** Texts in one pass, the shorter ones filled up to the length of the longest. */
    <T> T run(List<Pieces> texts, Reader<T> reader) throws OrtException {
        int length = texts.stream().mapToInt(text -> text.ids().length).max().orElseThrow();
        try (OnnxTensor ids = rows(texts, length, Pieces::ids);
                OnnxTensor mask = rows(texts, length, Pieces::attentionMask);
                OnnxTensor types = rows(texts, length, Pieces::typeIds);
                OrtSession.Result result = session.run(
                        Map.of("input_ids", ids, "attention_mask", mask, "token_type_ids", types), output)) {
            return reader.read((OnnxTensor) result.get(0), length);
        }
    }

    /** One row for each text, filled up with zeros: the number of the piece that stands for nothing, and of a place that is not looked at. */
    private OnnxTensor rows(List<Pieces> texts, int length, Function<Pieces, long[]> values) throws OrtException {
        LongBuffer rows = LongBuffer.allocate(texts.size() * length);
        for (int i = 0; i < texts.size(); i++) {
            rows.put(i * length, values.apply(texts.get(i)));
        }
        return OnnxTensor.createTensor(environment, rows, new long[] {texts.size(), length});
    }

    @Override
    public void close() throws OrtException {
        session.close();
    }
}
