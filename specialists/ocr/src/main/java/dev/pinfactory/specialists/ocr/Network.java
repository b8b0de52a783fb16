package dev.pinfactory.specialists.ocr;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.pinfactory.encoder.OnnxRuntime;
import java.nio.FloatBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** One of the two networks in ONNX Runtime: images in, one tensor out. Safe for concurrent use. */
final class Network implements AutoCloseable {
    private final OrtEnvironment environment;
    private final OrtSession session;
    private final String input;

    private Network(OrtEnvironment environment, OrtSession session) {
        this.environment = environment;
        this.session = session;
        this.input = session.getInputNames().iterator().next();
    }

    static Network open(byte[] file, int threads) {
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            OrtEnvironment environment = OnnxRuntime.environment();
            options.setIntraOpNumThreads(threads);
            options.setInterOpNumThreads(1);
            // Waiting threads sleep; spinning ones would take the processor from the other roles.
            options.addConfigEntry("session.intra_op.allow_spinning", "0");
            // Pages and lines have all sizes, and patterns are remembered for each. The arena stays: without it the
            // heap that is torn up takes more.
            options.setMemoryPatternOptimization(false);
            return new Network(environment, environment.createSession(file, options));
        } catch (OrtException e) {
            throw new IllegalStateException("a network can't be loaded: " + e.getMessage(), e);
        }
    }

    /**
     * A tensor's values and its sizes.
     *
     * @param values in the order of memory
     */
    record Output(FloatBuffer values, long[] shape) {}

    /**
     * @param images [count × 3 × height × width]
     * @param cancelled whether nobody waits any longer; the run ends within a moment
     * @return empty when it was ended
     */
    Optional<Output> run(FloatBuffer images, long count, long height, long width, BooleanSupplier cancelled) {
        try (OnnxTensor tensor = OnnxTensor.createTensor(environment, images, new long[] {count, 3, height, width});
                OrtSession.RunOptions options = new OrtSession.RunOptions();
                Terminator terminator = Terminator.watch(options, cancelled)) {
            return run(tensor, options, terminator);
        } catch (OrtException e) {
            throw new IllegalStateException("a network failed: " + e.getMessage(), e);
        }
    }

    private Optional<Output> run(OnnxTensor tensor, OrtSession.RunOptions options, Terminator terminator)
            throws OrtException {
        try (OrtSession.Result result = session.run(Map.of(input, tensor), options)) {
            OnnxTensor output = (OnnxTensor) result.get(0);
            return Optional.of(
                    new Output(output.getFloatBuffer(), output.getInfo().getShape()));
        } catch (OrtException e) {
            if (terminator.terminated()) {
                return Optional.empty();
            }
            throw e;
        }
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException("a network can't be closed: " + e.getMessage(), e);
        }
    }
}
