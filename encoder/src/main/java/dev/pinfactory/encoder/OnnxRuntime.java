package dev.pinfactory.encoder;

import ai.onnxruntime.OrtEnvironment;

/** The process's one ONNX Runtime, for other models than the encoder: started so that it reports to nobody. */
public final class OnnxRuntime {
    /** ONNX Runtime from 1.29 on reports process, machine and models to its maker unless this is set before it starts; nothing may leave here. */
    private static final String NO_TELEMETRY = "ORT_DISABLE_TELEMETRY";

    private OnnxRuntime() {}

    /** Whoever asks first starts it; nobody may ask the library itself. */
    public static OrtEnvironment environment() {
        return Started.ENVIRONMENT;
    }

    /** Once: the C library's environment may not be written while native threads read it. */
    private static final class Started {
        static final OrtEnvironment ENVIRONMENT = start();

        private static OrtEnvironment start() {
            NativeEnvironment.set(NO_TELEMETRY, "1");
            return OrtEnvironment.getEnvironment();
        }
    }
}
