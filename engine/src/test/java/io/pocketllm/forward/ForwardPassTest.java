package io.pocketllm.forward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.pocketllm.data.Batch;
import io.pocketllm.data.TokenizedSplit;
import io.pocketllm.model.LanguageModel;
import io.pocketllm.onnx.OnnxGraph;
import io.pocketllm.tensor.ParameterStore;
import io.pocketllm.tensor.Tensor;
import java.nio.LongBuffer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The default model with its weights as inputs. */
@Timeout(60)
class ForwardPassTest {

    private final LanguageModel model = MiniLm.model();
    private final TokenizedSplit split = MiniLm.split(MiniLm.TEXTS);
    private final Batch batch = split.batch(0, 1, 2, 3, 4);

    @Test
    void weightsAsInputsGiveTheHiddenStatesOfTheUntouchedFile() throws OrtException {
        float[] expected = untouched(batch);

        try (ForwardPass pass = MiniLm.pass(MiniLm.graph(), List.of())) {
            float[] found = pass.run(batch, model.hiddenStates());

            assertThat(found).hasSize(batch.size() * batch.length() * 384);
            assertThat(MiniLm.largestDifference(real(found), real(expected))).isLessThan(1e-5);
        }
    }

    /**
     * The hidden states of the tokens, zero at padding: nothing reads it, and there ONNX Runtime
     * differs from itself by ten times as much from one optimisation level to the next.
     */
    private float[] real(float[] hidden) {
        float[] masked = hidden.clone();
        for (int i = 0; i < masked.length; i++) {
            masked[i] *= batch.attentionMask()[i / 384];
        }
        return masked;
    }

    /** The file itself in a session of its own, its weights constants. */
    private float[] untouched(Batch batch) throws OrtException {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        long[] shape = {batch.size(), batch.length()};
        long[] segments = new long[batch.inputIds().length];
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions();
                OrtSession session =
                        environment.createSession(MiniLm.files().path().toString(), options);
                OnnxTensor ids = tensor(environment, batch.inputIds(), shape);
                OnnxTensor mask = tensor(environment, batch.attentionMask(), shape);
                OnnxTensor types = tensor(environment, segments, shape);
                OrtSession.Result result =
                        session.run(
                                Map.of(
                                        "input_ids", ids,
                                        "attention_mask", mask,
                                        "token_type_ids", types))) {
            var values = ((OnnxTensor) result.get(model.hiddenStates()).get()).getFloatBuffer();
            float[] copy = new float[values.remaining()];
            values.get(copy);
            return copy;
        }
    }

    private static OnnxTensor tensor(OrtEnvironment environment, long[] values, long[] shape)
            throws OrtException {
        return OnnxTensor.createTensor(environment, LongBuffer.wrap(values), shape);
    }

    @Test
    void oneByteChangedInTheStoreChangesTheNextPassAndChangedBackRestoresIt() {
        String name = "encoder.layer.5.output.LayerNorm.bias";
        try (ParameterStore store = new ParameterStore()) {
            Tensor bias = store.copyOf(model.weights().get(name));
            try (ForwardPass pass = MiniLm.pass(MiniLm.graph(), store.tensors())) {
                float[] before = pass.run(batch, model.hiddenStates());
                float old = bias.get(7);

                bias.set(7, old + 0.5f);
                float[] changed = pass.run(batch, model.hiddenStates());
                bias.set(7, old);
                float[] restored = pass.run(batch, model.hiddenStates());

                // The last bias is added to every token: exactly its column moves, by as much.
                for (int i = 0; i < before.length; i++) {
                    float expected = before[i] + (i % 384 == 7 ? 0.5f : 0);
                    if (Math.abs(changed[i] - expected) > 1e-6) {
                        throw new AssertionError(i + ": " + before[i] + " to " + changed[i]);
                    }
                }
                assertThat(restored).isEqualTo(before);
            }
        }
    }

    @Test
    void aMatrixInTheMiddleOfTheModelIsReadAfreshToo() {
        String name = projection();
        try (ParameterStore store = new ParameterStore()) {
            Tensor weight = store.copyOf(model.weights().get(name));
            try (ForwardPass pass = MiniLm.pass(MiniLm.graph(), store.tensors())) {
                float[] before = pass.run(batch, model.hiddenStates());
                weight.set(1000, weight.get(1000) + 2f);

                float[] after = pass.run(batch, model.hiddenStates());

                assertThat(MiniLm.largestDifference(before, after)).isGreaterThan(1e-4);
            }
        }
    }

    private String projection() {
        return io.pocketllm.model.Projection.queriesAndValues(MiniLm.graph(), model.weights())
                .get(5)
                .weight();
    }

    @Test
    void paddingDoesNotChangeATextsHiddenStates() {
        try (ForwardPass pass = MiniLm.pass(MiniLm.graph(), List.of())) {
            float[] together = pass.run(batch, model.hiddenStates());
            for (int row = 0; row < batch.size(); row++) {
                Batch alone = split.batch(row);
                float[] expected = pass.run(alone, model.hiddenStates());
                int from = row * batch.length() * 384;
                float[] found =
                        java.util.Arrays.copyOfRange(together, from, from + expected.length);

                assertThat(alone.length()).isEqualTo(alone.tokens());
                assertThat(MiniLm.largestDifference(found, expected)).isLessThan(1e-5);
            }
        }
    }

    @Test
    void severalOutputsComeInTheOrderAskedFor() {
        OnnxGraph graph = MiniLm.graph();
        String projected = graph.add("Neg", "negative", List.of(model.hiddenStates()));
        graph.setOutputs(List.of(model.hiddenStates(), projected));
        try (ForwardPass pass = MiniLm.pass(graph, List.of())) {
            List<float[]> results = pass.run(batch, List.of(projected, model.hiddenStates()));

            assertThat(results.get(0)[0]).isNotZero().isEqualTo(-results.get(1)[0]);
        }
    }

    @Test
    void aWeightThatNobodyGivesIsNamed() {
        List<Tensor> some = model.weights().values().stream().skip(1).toList();
        String missing = model.weights().keySet().iterator().next();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ForwardPass(MiniLm.graph(), some, 1).close())
                .withMessageContaining(missing);
    }

    @Test
    void aGraphThatOnnxRuntimeRefusesIsAForwardException() {
        OnnxGraph graph = MiniLm.graph();
        graph.setOutputs(List.of(graph.add("NoSuchOperator", "x", List.of("input_ids"))));

        assertThatExceptionOfType(ForwardException.class)
                .isThrownBy(() -> MiniLm.pass(graph, List.of()).close())
                .withMessageContaining("NoSuchOperator");
    }

    @Test
    void aTokenTheModelDoesNotKnowIsAForwardExceptionAndThePassGoesOn() {
        Batch impossible =
                new Batch(
                        new long[] {101, 99_999}, new long[] {1, 1}, new int[1], new int[1], 1, 2);
        try (ForwardPass pass = MiniLm.pass(MiniLm.graph(), List.of())) {
            assertThatExceptionOfType(ForwardException.class)
                    .isThrownBy(() -> pass.run(impossible, model.hiddenStates()))
                    .withMessageContaining("forward pass");
            assertThat(pass.run(batch, model.hiddenStates())).isNotEmpty();
        }
    }
}
