package io.pocketllm.plan;

import io.pocketllm.device.OperationKind;
import io.pocketllm.device.OperationWork;
import io.pocketllm.device.Precision;
import io.pocketllm.device.StepWork;
import io.pocketllm.model.BaseFormat;
import io.pocketllm.model.ModelInfo;
import io.pocketllm.zo.MethodSpec.Space;
import java.util.ArrayList;
import java.util.List;

/**
 * Work of one forward pass, reckoned from a model's sizes alone: what {@link
 * io.pocketllm.device.work.WorkCounter} finds in the graph that ONNX Runtime makes of it.
 */
final class ForwardWork {

    private static final double FLOAT = 4;
    private static final double GELU_FLOPS = 20;
    private static final double SOFTMAX_FLOPS = 20;
    private static final double NORM_FLOPS = 8;
    private static final double DEQUANTIZE_FLOPS = 4;

    /** Operators of a layer, and around all layers, as ONNX Runtime fuses them. */
    private static final double LAYER_CALLS = 16;

    private static final double ROTARY_LAYER_CALLS = 26;
    private static final double OTHER_CALLS = 32;
    private static final double ADAPTER_CALLS = 3;
    private static final double WIDENING_CALLS = 17;

    private final PlanRequest request;
    private final ModelSizes m;
    private final ModelInfo info;
    private final double length;
    private final double rows;
    private final double tokens;
    private final List<OperationWork> operations = new ArrayList<>();

    private ForwardWork(PlanRequest request, double rows) {
        this.request = request;
        this.info = request.model();
        this.m = ModelSizes.of(info);
        this.length = request.length();
        this.rows = rows;
        this.tokens = rows * length;
    }

    /**
     * One pass.
     *
     * @param rows rows that meet the graph at once
     */
    static StepWork of(PlanRequest request, double rows) {
        return new ForwardWork(request, rows).work();
    }

    private StepWork work() {
        double h = m.hidden();
        double n = m.layers();
        boolean rotary = isRotary();
        // Queries, keys, values and what becomes of them; and the feed-forward block.
        double attentionNumbers = tokens * (6 * h + 2 * m.keyValueSize());
        double innerNumbers = tokens * ((m.gated() ? 3 : 2) * (h + m.inner()));
        linears(uses() * m.linearNumbers(), n * (attentionNumbers + innerNumbers));
        double keys = length + prefix();
        add(
                OperationKind.ATTENTION,
                4 * tokens * keys * h * n,
                FLOAT * n * (4 * tokens * h + 2 * m.heads() * tokens * keys));
        double scores = m.heads() * tokens * keys * n;
        add(OperationKind.SOFTMAX, SOFTMAX_FLOPS * scores, 2 * FLOAT * scores);
        double normed = tokens * h * (2 * n + 1);
        add(OperationKind.NORMALIZATION, NORM_FLOPS * normed, 2 * FLOAT * normed);
        elementwise(h, n, rotary);
        double lookedUp = tokens * h * (rotary ? 1 : 2);
        boolean quantised = request.base().format().isQuantised();
        add(
                OperationKind.GATHER,
                quantised ? DEQUANTIZE_FLOPS * tokens * h : 0,
                2 * FLOAT * lookedUp);
        adapters(h);
        double calls = n * layerCalls(rotary) + OTHER_CALLS;
        ending(h);
        return new StepWork(operations, calls);
    }

    /** How often a token passes each layer: MobileLLM-LS uses every one twice in a row. */
    private double uses() {
        if (!info.architecture().equals("mobilellm")) {
            return 1;
        }
        double layer =
                2.0 * m.hidden() * (m.hidden() + m.keyValueSize())
                        + (m.gated() ? 3.0 : 2.0) * m.hidden() * m.inner();
        return Math.max(1, Math.rint(m.layers() * layer / m.linearNumbers()));
    }

    private double layerCalls(boolean rotary) {
        double calls = rotary ? ROTARY_LAYER_CALLS : LAYER_CALLS;
        if (hasAdapters()) {
            // GPT-2 has one product for queries and values, so one adapter.
            calls += info.architecture().equals("gpt2") ? ADAPTER_CALLS : 2 * ADAPTER_CALLS;
        }
        return isWidened() ? calls + WIDENING_CALLS : calls;
    }

    private void elementwise(double h, double n, boolean rotary) {
        double inner = tokens * m.inner();
        // Two residual sums a layer, and those of the embeddings.
        double sums = tokens * h * (2 * n + (rotary ? 0 : 2));
        add(OperationKind.ELEMENTWISE, sums, 3 * FLOAT * sums);
        if (m.gated()) {
            // SiLU, and its product with the other half.
            add(OperationKind.ELEMENTWISE, (GELU_FLOPS + 1) * inner * n, 5 * FLOAT * inner * n);
        } else if (!info.architecture().equals("opt")) {
            // OPT's ReLU is part of the product before it.
            add(OperationKind.ELEMENTWISE, GELU_FLOPS * inner * n, 2 * FLOAT * inner * n);
        }
        if (rotary) {
            double turned = tokens * (h + m.keyValueSize()) * n;
            // Read and written; and keys and values repeated for the heads that share them.
            double shared = m.keyValueSize() < h ? 2 : 0;
            add(OperationKind.ELEMENTWISE, turned, FLOAT * turned * (2 + shared));
        }
        if (info.architecture().equals("gpt2")) {
            // One product gives queries, keys and values, which are then cut apart.
            add(OperationKind.ELEMENTWISE, 0, 4 * FLOAT * tokens * h * n);
        }
    }

    /** The products of all layers; {@code activations} are what they read and write. */
    private void linears(double weights, double activations) {
        product(weights, tokens, activations, request.base().format());
    }

    private void product(double weights, double times, double activations, BaseFormat format) {
        double flops = 2 * weights * times;
        double block = request.base().blockSize();
        switch (format) {
            case INT8 ->
                    operations.add(
                            new OperationWork(
                                    OperationKind.MATMUL,
                                    Precision.INT8,
                                    flops,
                                    FLOAT * activations + weights));
            case INT8_BLOCK, INT4 -> {
                boolean four = format == BaseFormat.INT4;
                operations.add(
                        new OperationWork(
                                OperationKind.MATMUL,
                                four ? Precision.INT4 : Precision.INT8_BLOCK,
                                flops,
                                FLOAT * activations
                                        + weights * (four ? 0.5 : 1)
                                        + FLOAT * weights / block));
            }
            case AS_STORED, FP32, FP16 -> {
                add(OperationKind.MATMUL, flops, FLOAT * (activations + weights));
                add(OperationKind.PACKING, 0, 2 * FLOAT * weights);
                if (isWidened()) {
                    add(OperationKind.ELEMENTWISE, 0, 2 * FLOAT * weights);
                }
            }
        }
    }

    private void adapters(double h) {
        if (!hasAdapters()) {
            return;
        }
        double rank = TrainedNumbers.rank(request.method());
        // One on the queries, one on the values.
        for (double out : new double[] {h, m.keyValueSize()}) {
            double weights = m.layers() * rank * (h + out);
            double activations = m.layers() * tokens * (h + 2 * rank + out);
            add(OperationKind.MATMUL, 2 * tokens * weights, FLOAT * (activations + weights));
            add(OperationKind.PACKING, 0, 2 * FLOAT * weights);
            double added = m.layers() * tokens * out;
            add(OperationKind.ELEMENTWISE, added, 3 * FLOAT * added);
        }
    }

    private void ending(double h) {
        switch (request.ending()) {
            case POOLED ->
                    // Padding masked, tokens added up.
                    add(OperationKind.ELEMENTWISE, 2 * tokens * h, 4 * FLOAT * tokens * h);
            case LABEL_WORDS -> {
                double dense = h * h;
                add(OperationKind.MATMUL, 2 * rows * dense, FLOAT * (2 * rows * h + dense));
                add(OperationKind.PACKING, 0, 2 * FLOAT * dense);
            }
            case ANSWER -> {
                double answers = rows * request.answerTokens();
                double words = m.vocabulary();
                BaseFormat base = request.base().format();
                product(
                        h * words,
                        answers,
                        answers * (h + words),
                        base == BaseFormat.INT8 ? BaseFormat.INT8_BLOCK : base);
                double scored = answers * words;
                add(OperationKind.SOFTMAX, SOFTMAX_FLOPS * scored, 2 * FLOAT * scored);
            }
        }
    }

    private boolean hasAdapters() {
        return request.method().space() == Space.LORA || request.method().space() == Space.LORA_B;
    }

    /** Half-precision weights that stay are widened in the graph; those that move are fed wide. */
    private boolean isWidened() {
        return switch (request.base().format()) {
            case FP16 -> request.method().space() != Space.FULL;
            case AS_STORED -> m.storedBytes() == 2 && request.method().space() != Space.FULL;
            case FP32, INT8, INT8_BLOCK, INT4 -> false;
        };
    }

    private boolean isRotary() {
        return switch (info.architecture()) {
            case "llama", "mobilellm", "qwen2" -> true;
            default -> false;
        };
    }

    private double prefix() {
        return request.method().space() == Space.PREFIX ? request.method().prefixTokens() : 0;
    }

    private void add(OperationKind kind, double flops, double bytes) {
        operations.add(OperationWork.fp32(kind, flops, bytes));
    }
}
