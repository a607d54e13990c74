package io.pocketllm.onnx;

import static io.pocketllm.onnx.OnnxGraph.attribute;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/**
 * A small text model as exporters write it: embeddings of tokens and positions, one attention block
 * without heads, a normalisation, and a vocabulary's projection where asked for.
 *
 * @param opset operator set; normalisation is one node from 17 on
 * @param ir version of the format
 * @param half true for weights and arithmetic in fp16
 * @param ids element type of the three inputs
 * @param constants true for weights as Constant nodes
 * @param external true for weights in a file beside the model
 * @param head what follows the hidden states
 */
public record TinyExport(
        int opset,
        int ir,
        boolean half,
        TensorProto.DataType ids,
        boolean constants,
        boolean external,
        Head head) {

    public static final int VOCABULARY = 11;
    public static final int HIDDEN = 4;
    public static final int POSITIONS = 8;

    /** What the model gives, and how its vocabulary's projection is written. */
    public enum Head {
        NONE,
        /** A weight of its own, (hidden, vocabulary). */
        UNTIED,
        /** The transposed token table, written again. */
        TRANSPOSED_COPY,
        /** The token table written again as it is, transposed by a node. */
        PLAIN_COPY,
        /** The token table itself, transposed by a node. */
        SHARED
    }

    /** An fp32 encoder of opset 14. */
    public static TinyExport encoder() {
        return new TinyExport(14, 7, false, TensorProto.DataType.INT64, false, false, Head.NONE);
    }

    public TinyExport opset(int other) {
        return new TinyExport(other, ir, half, ids, constants, external, head);
    }

    public TinyExport ir(int other) {
        return new TinyExport(opset, other, half, ids, constants, external, head);
    }

    public TinyExport inHalves() {
        return new TinyExport(opset, ir, true, ids, constants, external, head);
    }

    public TinyExport ids(TensorProto.DataType other) {
        return new TinyExport(opset, ir, half, other, constants, external, head);
    }

    public TinyExport asConstants() {
        return new TinyExport(opset, ir, half, ids, true, external, head);
    }

    public TinyExport withExternalData() {
        return new TinyExport(opset, ir, half, ids, constants, true, head);
    }

    public TinyExport head(Head other) {
        return new TinyExport(opset, ir, half, ids, constants, external, other);
    }

    /** Writes {@code model.onnx}, and {@code model.onnx_data} where its weights are external. */
    public Path write(Path folder) throws IOException {
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        Path file = folder.resolve("model.onnx");
        Files.write(file, build(data).toByteArray());
        if (external) {
            Files.write(folder.resolve("model.onnx_data"), data.toByteArray());
        }
        return file;
    }

    /** The model; external numbers go to {@code data}. */
    public ModelProto build(ByteArrayOutputStream data) {
        return new Builder(data).build();
    }

    private final class Builder {

        private final GraphProto.Builder graph = GraphProto.newBuilder().setName("tiny");
        private final ByteArrayOutputStream data;
        private final Random random = new Random(7);

        Builder(ByteArrayOutputStream data) {
            this.data = data;
        }

        ModelProto build() {
            for (String input : List.of("input_ids", "attention_mask", "position_ids")) {
                graph.addInput(TinyOnnx.value(input, ids, "batch", "sequence"));
            }
            float[] table = numbers(VOCABULARY * HIDDEN);
            weight("tokens.weight", table, VOCABULARY, HIDDEN);
            weight("positions.weight", numbers(POSITIONS * HIDDEN), POSITIONS, HIDDEN);
            node("Gather", "token", "tokens.weight", "input_ids");
            node("Gather", "position", "positions.weight", "position_ids");
            node("Add", "x", "token", "position");
            for (String name : List.of("query", "key", "value")) {
                weight("onnx::MatMul_" + name, numbers(HIDDEN * HIDDEN), HIDDEN, HIDDEN);
                weight("layer.0." + name + ".bias", numbers(HIDDEN), HIDDEN);
                node("MatMul", "/layer.0/" + name + "/MatMul", "x", "onnx::MatMul_" + name);
                node("Add", name, "layer.0." + name + ".bias", "/layer.0/" + name + "/MatMul");
            }
            attention();
            node("Add", "residual", "x", "mixed");
            normalise();
            if (head != Head.NONE) {
                project(table);
            }
            if (head == Head.NONE) {
                graph.addOutput(
                        TinyOnnx.value("last_hidden_state", type(), "batch", "sequence", HIDDEN));
            } else {
                graph.addOutput(TinyOnnx.value("logits", type(), "batch", "sequence", VOCABULARY));
            }
            if (ir < 4) {
                for (TensorProto tensor : graph.getInitializerList()) {
                    graph.addInput(
                            TinyOnnx.value(
                                    tensor.getName(),
                                    TensorProto.DataType.forNumber(tensor.getDataType()),
                                    tensor.getDimsList().stream().map(Long::intValue).toArray()));
                }
            }
            return ModelProto.newBuilder()
                    .setIrVersion(ir)
                    .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(opset))
                    .setGraph(graph)
                    .build();
        }

        /** Scores are scaled by a scalar and masked by a causal table that is no weight. */
        private void attention() {
            node("Transpose", "keys", "key", attribute("perm", new long[] {0, 2, 1}));
            node("MatMul", "scores", "query", "keys");
            scalar("sqrt_d", 2);
            node("Div", "scaled", "scores", "sqrt_d");
            float[] causal = new float[POSITIONS * POSITIONS];
            for (int i = 0; i < causal.length; i++) {
                causal[i] = i % POSITIONS > i / POSITIONS ? -30000 : 0;
            }
            graph.addInitializer(
                    tensor("causal_mask", causal, 1, POSITIONS, POSITIONS).toBuilder());
            node("Shape", "shape", "input_ids");
            graph.addInitializer(TinyOnnx.longs("one", 1));
            graph.addInitializer(TinyOnnx.longs("two", 2));
            graph.addInitializer(TinyOnnx.longs("zero", 0));
            node("Slice", "length", "shape", "one", "two", "zero");
            node("Slice", "mask_rows", "causal_mask", "zero", "length", "one");
            node("Slice", "mask", "mask_rows", "zero", "length", "two");
            node("Add", "masked", "scaled", "mask");
            // Padding: (1 - mask) · -30000, added to each row.
            node("Cast", "real", "attention_mask", attribute("to", type().getNumber()));
            scalar("number_one", 1);
            scalar("drown", -30000);
            node("Sub", "padding", "number_one", "real");
            node("Mul", "drowned", "padding", "drown");
            if (opset < 13) {
                node("Unsqueeze", "row", "drowned", attribute("axes", new long[] {1}));
            } else {
                node("Unsqueeze", "row", "drowned", "one");
            }
            node("Add", "all_masked", "masked", "row");
            node("Softmax", "attended", "all_masked", attribute("axis", 2));
            node("MatMul", "mixed", "attended", "value");
        }

        private void normalise() {
            weight("norm.weight", numbers(HIDDEN), HIDDEN);
            weight("norm.bias", numbers(HIDDEN), HIDDEN);
            if (opset >= 17) {
                node(
                        "LayerNormalization",
                        "last_hidden_state",
                        "residual",
                        "norm.weight",
                        "norm.bias");
                return;
            }
            node("ReduceMean", "mean", "residual", attribute("axes", new long[] {-1}));
            node("Sub", "centred", "residual", "mean");
            node("Mul", "squares", "centred", "centred");
            node("ReduceMean", "variance", "squares", attribute("axes", new long[] {-1}));
            graph.addInitializer(tensor("eps", new float[] {1e-3f}, 1));
            node("Add", "safe", "variance", "eps");
            node("Sqrt", "deviation", "safe");
            node("Div", "normal", "centred", "deviation");
            node("Mul", "scaled_normal", "normal", "norm.weight");
            node("Add", "last_hidden_state", "scaled_normal", "norm.bias");
        }

        private void project(float[] table) {
            String weight = "onnx::MatMul_head";
            switch (head) {
                case UNTIED -> weight(weight, numbers(VOCABULARY * HIDDEN), HIDDEN, VOCABULARY);
                case TRANSPOSED_COPY -> weight(weight, transposed(table), HIDDEN, VOCABULARY);
                case PLAIN_COPY -> {
                    weight("lm_head.weight", table, VOCABULARY, HIDDEN);
                    weight = "turned";
                    node(
                            "Transpose",
                            weight,
                            "lm_head.weight",
                            attribute("perm", new long[] {1, 0}));
                }
                case SHARED -> {
                    weight = "turned";
                    node(
                            "Transpose",
                            weight,
                            "tokens.weight",
                            attribute("perm", new long[] {1, 0}));
                }
                case NONE -> throw new IllegalStateException();
            }
            node("MatMul", "logits", "last_hidden_state", weight);
        }

        private float[] transposed(float[] table) {
            float[] turned = new float[table.length];
            for (int i = 0; i < table.length; i++) {
                turned[i % HIDDEN * VOCABULARY + i / HIDDEN] = table[i];
            }
            return turned;
        }

        private TensorProto.DataType type() {
            return half ? TensorProto.DataType.FLOAT16 : TensorProto.DataType.FLOAT;
        }

        private float[] numbers(int count) {
            float[] numbers = new float[count];
            for (int i = 0; i < count; i++) {
                numbers[i] = (float) random.nextGaussian();
            }
            return numbers;
        }

        private void node(String operator, String output, Object... rest) {
            NodeProto.Builder node =
                    NodeProto.newBuilder().setOpType(operator).setName(output).addOutput(output);
            for (Object part : rest) {
                if (part instanceof String input) {
                    node.addInput(input);
                } else {
                    node.addAttribute((ai.onnx.proto.OnnxMl.AttributeProto) part);
                }
            }
            graph.addNode(node);
        }

        private void scalar(String name, float value) {
            graph.addInitializer(tensor(name, new float[] {value}));
        }

        private void weight(String name, float[] numbers, long... shape) {
            TensorProto tensor = tensor(name, numbers, shape);
            if (constants) {
                graph.addNode(
                        NodeProto.newBuilder()
                                .setOpType("Constant")
                                .setName(name)
                                .addOutput(name)
                                .addAttribute(
                                        ai.onnx.proto.OnnxMl.AttributeProto.newBuilder()
                                                .setName("value")
                                                .setType(
                                                        ai.onnx.proto.OnnxMl.AttributeProto
                                                                .AttributeType.TENSOR)
                                                .setT(tensor)));
            } else {
                graph.addInitializer(external ? outside(tensor) : tensor);
            }
        }

        private TensorProto outside(TensorProto tensor) {
            int offset = data.size();
            byte[] bytes = tensor.getRawData().toByteArray();
            data.writeBytes(bytes);
            return tensor.toBuilder()
                    .clearRawData()
                    .setDataLocation(TensorProto.DataLocation.EXTERNAL)
                    .addExternalData(entry("location", "model.onnx_data"))
                    .addExternalData(entry("offset", String.valueOf(offset)))
                    .addExternalData(entry("length", String.valueOf(bytes.length)))
                    .build();
        }

        private TensorProto tensor(String name, float[] numbers, long... shape) {
            ByteBuffer bytes =
                    ByteBuffer.allocate(numbers.length * (half ? 2 : 4))
                            .order(ByteOrder.LITTLE_ENDIAN);
            for (float number : numbers) {
                if (half) {
                    bytes.putShort(Float.floatToFloat16(number));
                } else {
                    bytes.putFloat(number);
                }
            }
            TensorProto.Builder tensor =
                    TensorProto.newBuilder()
                            .setName(name)
                            .setDataType(type().getNumber())
                            .setRawData(ByteString.copyFrom(bytes.flip()));
            for (long size : shape) {
                tensor.addDims(size);
            }
            return tensor.build();
        }
    }

    /** A pair of external data. */
    public static StringStringEntryProto entry(String key, String value) {
        return StringStringEntryProto.newBuilder().setKey(key).setValue(value).build();
    }
}
