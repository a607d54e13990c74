package io.pocketllm.forward;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;

/** How all sessions are set up. */
final class Sessions {

    private Sessions() {}

    static OrtEnvironment environment() throws OrtException {
        OrtEnvironment environment =
                OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, "pocketllm");
        environment.setTelemetry(false);
        return environment;
    }

    /** Options that the caller closes, after its session. */
    static OrtSession.SessionOptions options(ForwardOptions how) throws OrtException {
        OrtSession.SessionOptions options = new OrtSession.SessionOptions();
        options.setIntraOpNumThreads(how.threads());
        options.setCPUArenaAllocator(how.memory().keepsMemory());
        options.setInterOpNumThreads(1);
        // A pattern is one more block for each shape of batch: 117 MB for RoBERTa-large's
        // first, and no less work.
        options.setMemoryPatternOptimization(false);
        options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
        // Threads that spin between calls would heat the computer while the optimiser works.
        options.addConfigEntry("session.intra_op.allow_spinning", how.memory().spins() ? "1" : "0");
        return options;
    }
}
