package io.pocketllm.plan;

import io.pocketllm.tensor.DType;
import io.pocketllm.zo.MethodSetting;
import io.pocketllm.zo.MethodSpec;

/** How many numbers move, and how many a method remembers about them. */
final class TrainedNumbers {

    /** Norms have two vectors a layer and norm, linear layers one bias an output. */
    private static final int NORM_VECTORS = 4;

    /** What a model's sizes say of an ONNX file. */
    static final String ONNX = "onnx";

    private TrainedNumbers() {}

    /** Numbers that move, those of a small head not counted. */
    static long moving(PlanRequest request) {
        ModelSizes m = ModelSizes.of(request.model());
        MethodSpec method = request.method();
        return switch (method.space()) {
            case FULL -> m.parameters();
            // A head is small beside all else, and how many classes it has is not asked.
            case HEAD -> 0;
            case LORA -> m.layers() * adapterA(m, method) + adaptersB(m, method);
            case LORA_B -> adaptersB(m, method);
            case BITFIT ->
                    m.layers() * (NORM_VECTORS * m.hidden() + 2 * m.hidden() + m.inner())
                            + m.querySizes()
                            + 2 * m.keyValueSizes();
            case PREFIX -> 2 * method.prefixTokens() * m.keyValueSizes();
            case SCALES -> m.linearNumbers() / request.base().blockSize();
        };
    }

    /** Whether the model itself moves and is kept in half precision, as the run does it. */
    static boolean keepsHalves(PlanRequest request) {
        DType stored = request.model().dtype();
        boolean onnx = request.model().architecture().equals(ONNX);
        return request.method().space() == MethodSpec.Space.FULL
                && request.base()
                                .format()
                                .masters(stored, 2, request.method().movesHalves() && !onnx)
                        != DType.F32;
    }

    /** Bytes of what moves. */
    static long movingBytes(PlanRequest request) {
        return (keepsHalves(request) ? 2 : 4) * moving(request);
    }

    /** Adapter matrices that stay. */
    static long frozenAdapters(PlanRequest request) {
        ModelSizes m = ModelSizes.of(request.model());
        return request.method().space() == MethodSpec.Space.LORA_B
                ? m.layers() * adapterA(m, request.method())
                : 0;
    }

    private static long adapterA(ModelSizes m, MethodSpec method) {
        return 2 * m.hidden() * rank(method);
    }

    /** Of all layers. */
    private static long adaptersB(ModelSizes m, MethodSpec method) {
        return (m.querySizes() + m.keyValueSizes()) * rank(method);
    }

    static long rank(MethodSpec method) {
        return method.direction() == MethodSpec.Direction.ACTIVATION_SUBSPACE
                ? method.subspaceRank()
                : method.loraRank();
    }

    /** Bytes that directions and update keep between steps. */
    static long stateBytes(PlanRequest request) {
        MethodSpec method = request.method();
        long moving = moving(request);
        long direction =
                switch (method.direction()) {
                    case GAUSSIAN, RADEMACHER, ACTIVATION_SUBSPACE -> 0;
                    case CONE -> 4 * moving;
                    case SPARSE -> moving / 8;
                    case LOW_RANK -> factorBytes(request, 1 + method.directions());
                };
        long update =
                switch (method.update()) {
                    case SGD, SIGN, CONSERVATIVE, VARIANCE_NORMALISED, SCALAR_ADAPTIVE -> 0;
                    case MOMENTUM -> 4 * moving;
                    case ADAM -> 8 * moving;
                    case LOW_RANK_MOMENTUM -> factorBytes(request, 1);
                };
        long copies = method.inGraph() ? 4 * moving * method.probes() : 0;
        return direction + update + copies;
    }

    /** Factors of about √n · r numbers for a matrix of n, a square one being the largest case. */
    private static long factorBytes(PlanRequest request, int factors) {
        ModelSizes m = ModelSizes.of(request.model());
        int rank = (int) request.method().value(MethodSetting.DIRECTION_RANK);
        long sides =
                switch (request.method().space()) {
                    case FULL -> m.layers() * (4 * m.hidden() + 3 * m.inner()) + m.vocabulary();
                    case LORA, LORA_B -> 4 * m.layers() * m.hidden();
                    case HEAD, BITFIT, PREFIX, SCALES ->
                            (long) Math.sqrt((double) moving(request) * m.layers());
                };
        return 4L * sides * rank * factors;
    }
}
