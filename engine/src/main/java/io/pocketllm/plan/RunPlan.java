package io.pocketllm.plan;

import io.pocketllm.model.BaseFormat;
import io.pocketllm.zo.MethodSpec.Space;
import java.util.ArrayList;
import java.util.List;

/**
 * A run's peak resident set in parts, Java included; docs/plan.md says how each is found and how
 * far it is from what was measured.
 *
 * @param parts what adds up to it
 */
public record RunPlan(List<MemoryPart> parts) {

    /**
     * Java, ONNX Runtime and their code. Fitted, as are the next two, to runs of one text of eight
     * tokens, in which activations are next to nothing; see docs/plan.md.
     */
    static final long RUNTIME_BYTES = 120_000_000;

    /** A layer's nodes and what kernels prepare for them. */
    static final long LAYER_BYTES = 400_000;

    /** The same of a layer's two adapters. */
    private static final long ADAPTER_BYTES = 500_000;

    /** A block's scale in fp32, and the sum that ONNX Runtime packs beside it. */
    private static final double SCALE_AND_SUM_BYTES = 8;

    /** A fault in a mapped file maps the pages around it: 64 KiB where Linux is left as it is. */
    private static final double LOOKUP_BYTES = 64 << 10;

    /** A half-precision decoder is widened in pieces of so many bytes. */
    private static final long PIECE_BYTES = 32 << 20;

    /** Halves that move go through a buffer of so many bytes, in fp32. */
    private static final long SEGMENT_BYTES = 32 << 20;

    /** Copies the list. */
    public RunPlan {
        parts = List.copyOf(parts);
    }

    /** The plan of a run. */
    public static RunPlan of(PlanRequest request) {
        ModelSizes sizes = ModelSizes.of(request.model());
        List<MemoryPart> parts = new ArrayList<>();
        parts.add(new MemoryPart("frozen weights", frozenBytes(request, sizes)));
        parts.add(
                new MemoryPart(
                        "trainable copies",
                        TrainedNumbers.movingBytes(request)
                                + 4 * TrainedNumbers.frozenAdapters(request)));
        parts.add(new MemoryPart("optimiser state", TrainedNumbers.stateBytes(request)));
        parts.add(new MemoryPart("activations", Activations.bytes(request, sizes)));
        parts.add(new MemoryPart("widened weights", wideningBytes(request, sizes)));
        parts.add(new MemoryPart("logits", logitBytes(request, sizes)));
        parts.add(
                new MemoryPart(
                        "runtime and Java", RUNTIME_BYTES + layerBytes(request) * sizes.layers()));
        return new RunPlan(parts);
    }

    private static long layerBytes(PlanRequest request) {
        return switch (request.method().space()) {
            case LORA, LORA_B -> LAYER_BYTES + ADAPTER_BYTES;
            case FULL, HEAD, BITFIT, PREFIX, SCALES -> LAYER_BYTES;
        };
    }

    /** The sum: what the worker's resident set is at its peak. */
    public long totalBytes() {
        return parts.stream().mapToLong(MemoryPart::bytes).sum();
    }

    private static long frozenBytes(PlanRequest request, ModelSizes m) {
        if (request.method().space() == Space.FULL) {
            return 0;
        }
        boolean scoresAll = request.ending() == PlanRequest.Ending.ANSWER;
        BaseFormat format = request.base().format();
        int stored = storedBytes(request, m);
        if (!format.isQuantised()) {
            long table =
                    scoresAll
                            ? stored * m.tableNumbers()
                            : lookedUp(request, stored * m.tableNumbers());
            return stored * (m.parameters() - m.tableNumbers()) + table;
        }
        double linear = bytesAWeight(request, format);
        double words =
                format == BaseFormat.INT8 ? bytesAWeight(request, BaseFormat.INT8_BLOCK) : linear;
        double table =
                (scoresAll ? m.tableNumbers() * words : 0)
                        + lookedUp(request, (long) (m.tableNumbers() * words));
        return (long) (m.linearNumbers() * linear + table)
                + m.storedBytes() * (m.parameters() - m.tableNumbers() - m.linearNumbers());
    }

    private static int storedBytes(PlanRequest request, ModelSizes m) {
        return switch (request.base().format()) {
            case FP32 -> 4;
            case FP16 -> 2;
            default -> m.storedBytes();
        };
    }

    /** Words are spread at random, so the pages around some are there already. */
    private static long lookedUp(PlanRequest request, long tableBytes) {
        double words = (double) request.batchRows() * request.length();
        return tableBytes == 0
                ? 0
                : (long) (tableBytes * -Math.expm1(-words * LOOKUP_BYTES / tableBytes));
    }

    private static double bytesAWeight(PlanRequest request, BaseFormat format) {
        double block = request.base().blockSize();
        return switch (format) {
            case INT8 -> 1;
            case INT8_BLOCK -> 1 + SCALE_AND_SUM_BYTES / block;
            case INT4 -> 0.5 + (SCALE_AND_SUM_BYTES + 0.5) / block;
            default -> throw new IllegalArgumentException(format.label());
        };
    }

    /** Matrices that are widened right before their use, two at a time. */
    private static long wideningBytes(PlanRequest request, ModelSizes m) {
        Space space = request.method().space();
        boolean scoresAll = request.ending() == PlanRequest.Ending.ANSWER;
        if (request.base().format().isQuantised()) {
            // Blocks with scales that move are multiplied in fp32.
            return space == Space.SCALES ? 2 * 4 * m.largestLinear() : 0;
        }
        if (space == Space.FULL) {
            return TrainedNumbers.keepsHalves(request)
                    ? Math.min(SEGMENT_BYTES, 4 * m.parameters())
                    : 0;
        }
        if (storedBytes(request, m) == 4) {
            return 0;
        }
        return 2 * 4 * m.largestLinear() + (scoresAll ? PIECE_BYTES : 0);
    }

    private static long logitBytes(PlanRequest request, ModelSizes m) {
        if (request.ending() != PlanRequest.Ending.ANSWER) {
            return 0;
        }
        // Logits and their logarithms.
        return 2 * 4 * request.rowsAtOnce() * request.answerTokens() * m.vocabulary();
    }
}
