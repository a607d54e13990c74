package io.pocketllm.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is a weight in a graph, and what only looks like one. */
class WeightSelectionTest {

    private final Random random = new Random(1);
    private GraphProto.Builder graph;

    @BeforeEach
    void startWithAnEmbeddedToken() {
        graph =
                GraphProto.newBuilder()
                        .setName("g")
                        .addInput(TinyOnnx.value("input_ids", TensorProto.DataType.INT64, "b", "t"))
                        .addInput(
                                TinyOnnx.value("positions", TensorProto.DataType.INT64, "b", "t"));
        add("tokens", i -> random.nextGaussian(), 10, 4);
        node("Gather", "x", "tokens", "input_ids");
    }

    private void add(String name, IntToDoubleFunction number, long... shape) {
        int count = 1;
        for (long size : shape) {
            count *= (int) size;
        }
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = (float) number.applyAsDouble(i);
        }
        graph.addInitializer(TinyOnnx.raw(name, shape, numbers));
    }

    private void node(String operator, String output, String... inputs) {
        graph.addNode(TinyOnnx.node(operator, output, inputs));
    }

    private void assertWeights(String... names) {
        assertThat(new OnnxGraph(TinyOnnx.model(graph)).weightInputs())
                .containsExactlyInAnyOrder(names);
    }

    @Test
    void decomposedNormalisationHasAWeightAndABiasButNoEpsilon() {
        add("gamma", i -> 1, 4);
        add("beta", i -> 0, 4);
        add("eps", i -> 1e-5);
        add("eps_of_one", i -> 1e-5, 1);
        node("Add", "a", "x", "eps");
        node("Add", "b", "a", "eps_of_one");
        node("Mul", "c", "gamma", "b");
        node("Add", "d", "c", "beta");

        assertWeights("tokens", "gamma", "beta");
    }

    @Test
    void rotaryFrequenciesAndCachesAreNoWeights() {
        add("inv_freq", i -> Math.pow(1e4, -i / 4.0), 1, 4, 1);
        node("Cast", "p", "positions");
        node("MatMul", "angles", "inv_freq", "p");
        node("Mul", "turned", "x", "angles");
        add("cos", i -> Math.cos(i / 4 * Math.pow(1e4, -(i % 4 / 2) / 2.0)), 16, 4);
        add("sin", i -> Math.sin(i / 4 * Math.pow(1e4, -(i % 4 / 2) / 2.0)), 16, 4);
        node("Gather", "cosines", "cos", "positions");
        node("Gather", "sines", "sin", "positions");
        node("Mul", "x_cos", "x", "cosines");
        node("Mul", "x_sin", "x", "sines");

        assertWeights("tokens");
    }

    @Test
    void sinusoidalPositionsAreNoWeightsAndLearnedOnesAre() {
        add("sinusoidal", i -> i % 2 == 0 ? Math.sin(i / 4) : Math.cos(i / 4), 16, 4);
        // Row 0 is the padding's and zero in many checkpoints.
        add("learned", i -> i < 4 ? 0 : random.nextGaussian(), 16, 4);
        add("folded", i -> random.nextGaussian(), 1, 16, 4);
        node("Gather", "s", "sinusoidal", "positions");
        node("Gather", "l", "learned", "positions");
        node("Add", "y", "x", "folded");

        assertWeights("tokens", "learned", "folded");
    }

    @Test
    void masksBiasesOfScoresAndScalesAreNoWeights() {
        add("causal", i -> i % 8 > i / 8 ? Float.NEGATIVE_INFINITY : 0, 1, 8, 8);
        add("alibi", i -> -i, 1, 2, 1, 8);
        add("sqrt_d", i -> 8);
        node("Div", "a", "x", "sqrt_d");
        node("Add", "b", "a", "causal");
        node("Add", "c", "b", "alibi");

        assertWeights("tokens");
    }

    @Test
    void aWeightBehindATransposeAndACastIsOne() {
        add("w", i -> random.nextGaussian(), 6, 4);
        node("Transpose", "turned", "w");
        node("Cast", "cast", "turned");
        node("MatMul", "y", "x", "cast");

        assertWeights("tokens", "w");
    }

    @Test
    void fusedOperatorsKnowTheirWeights() {
        for (String name : new String[] {"skip_g", "skip_b", "gelu_b", "rms"}) {
            add(name, i -> random.nextGaussian(), 4);
        }
        add("qkv", i -> random.nextGaussian(), 4, 12);
        add("qkv_bias", i -> random.nextGaussian(), 12);
        node("SkipLayerNormalization", "a", "x", "x", "skip_g", "skip_b");
        node("Attention", "b", "a", "qkv", "qkv_bias");
        node("BiasGelu", "c", "b", "gelu_b");
        node("SimplifiedLayerNormalization", "d", "c", "rms");

        assertWeights("tokens", "skip_g", "skip_b", "qkv", "qkv_bias", "gelu_b", "rms");
    }

    @Test
    void equalVectorsAndConstantMatricesAreNoCopiesOfEachOther() {
        for (String name : new String[] {"zeros_1", "zeros_2"}) {
            add(name, i -> 0, 4);
            node("Add", name + "_y", "x", name);
            add(name + "_m", i -> 0, 4, 4);
            node("MatMul", name + "_z", "x", name + "_m");
        }

        assertWeights("tokens", "zeros_1", "zeros_2", "zeros_1_m", "zeros_2_m");
    }

    @Test
    void layersThatShareAMatrixHaveOneWeight() throws Exception {
        for (String name : new String[] {"layer.0", "layer.1", "layer.2"}) {
            add(name, i -> Math.sin(i * i), 4, 4);
            node("MatMul", name + "_y", "x", name);
        }
        add("almost", i -> i == 15 ? 0 : Math.sin(i * i), 4, 4);
        node("MatMul", "almost_y", "x", "almost");

        assertWeights("tokens", "layer.0", "almost");
        WeightGraph taken = WeightGraph.of("g", TinyOnnx.model(graph), null);
        assertThat(taken.tiedCopies())
                .containsOnlyKeys("layer.1", "layer.2")
                .containsValue("layer.0");
    }

    @Test
    void aSquareMatrixAndItsTransposeAreOneWeight() throws Exception {
        add("w", i -> Math.sin(i * i), 70, 70);
        add("wt", i -> Math.sin(Math.pow(i % 70 * 70 + i / 70, 2)), 70, 70);
        add("big", i -> random.nextGaussian(), 4, 70);
        node("MatMul", "y", "x", "big");
        node("MatMul", "z", "y", "w");
        node("MatMul", "u", "z", "wt");

        assertWeights("tokens", "big", "w");
        assertThat(WeightGraph.of("g", TinyOnnx.model(graph), null).tiedCopies())
                .containsEntry("wt", "w");
    }
}
