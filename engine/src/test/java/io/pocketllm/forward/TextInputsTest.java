package io.pocketllm.forward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.pocketllm.data.Batch;
import io.pocketllm.model.PooledText;
import io.pocketllm.onnx.OnnxGraph;
import io.pocketllm.onnx.TinyOnnx;
import io.pocketllm.tensor.ParameterStore;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a text gives to the inputs a model may ask for, on graphs of one node. */
class TextInputsTest {

    /** Two rows: three tokens, and one token with padding. */
    private static final Batch BATCH =
            new Batch(
                    new long[] {5, 6, 7, 8, 0, 0},
                    new long[] {1, 1, 1, 1, 0, 0},
                    new int[2],
                    new int[2],
                    2,
                    3);

    @BeforeAll
    static void readyTheLibraries() {
        MiniLm.prepare();
    }

    @ParameterizedTest
    @CsvSource({
        "input_ids,      5 6 7 8 0 0",
        "attention_mask, 1 1 1 1 0 0",
        "token_type_ids, 0 0 0 0 0 0",
        "position_ids,   0 1 2 0 1 2"
    })
    void aTextGivesEachInput(String input, String expected) {
        OnnxGraph graph =
                new OnnxGraph(
                        TinyOnnx.model(
                                GraphProto.newBuilder()
                                        .setName("g")
                                        .addInput(
                                                TinyOnnx.value(
                                                        input,
                                                        TensorProto.DataType.INT64,
                                                        "n",
                                                        "t"))));
        graph.setOutputs(
                List.of(
                        graph.add(
                                "Cast",
                                "numbers",
                                List.of(input),
                                OnnxGraph.attribute(
                                        "to", TensorProto.DataType.FLOAT.getNumber()))));

        try (ForwardPass pass = new ForwardPass(graph, List.of(), 1)) {
            float[] found = pass.run(BATCH, "numbers");

            String[] words = expected.split(" ");
            assertThat(found).hasSize(words.length);
            for (int i = 0; i < words.length; i++) {
                assertThat(found[i]).isEqualTo(Float.parseFloat(words[i]));
            }
        }
    }

    @Test
    void anInputThatNoTextGivesIsNamed() {
        OnnxGraph graph = new OnnxGraph(TinyOnnx.encoder(List.of("pixel_values"), "n", "t", 2));

        try (ParameterStore store = new ParameterStore()) {
            store.allocate("table", 2, 2);
            try (ForwardPass pass = new ForwardPass(graph, store.tensors(), 1)) {
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> pass.run(BATCH, "last_hidden_state"))
                        .withMessageContaining("pixel_values");
            }
        }
    }

    @Test
    void aTextWithoutTokensIsPooledToZeroAndNotToNaN() {
        List<String> inputs = List.of("input_ids", "attention_mask");
        OnnxGraph graph = new OnnxGraph(TinyOnnx.encoder(inputs, "n", "t", 2));
        PooledText.addTo(graph, "last_hidden_state");
        graph.setOutputs(List.of(PooledText.OUTPUT));
        // Row 0 reads (3, 4) twice and padding, row 1 is all padding.
        Batch batch =
                new Batch(
                        new long[] {1, 1, 0, 0, 0, 0},
                        new long[] {1, 1, 0, 0, 0, 0},
                        new int[2],
                        new int[2],
                        2,
                        3);
        try (ParameterStore store = new ParameterStore()) {
            store.allocate("table", 2, 2).copyFrom(new float[] {100, -100, 3, 4});
            try (ForwardPass pass = new ForwardPass(graph, store.tensors(), 1)) {
                assertThat(pass.run(batch, PooledText.OUTPUT)).containsExactly(0.6f, 0.8f, 0, 0);
            }
        }
    }
}
