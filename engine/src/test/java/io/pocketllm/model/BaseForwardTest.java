package io.pocketllm.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.pocketllm.data.Batch;
import io.pocketllm.forward.ForwardOptions;
import io.pocketllm.forward.ForwardPass;
import io.pocketllm.forward.MemoryProfile;
import io.pocketllm.forward.MiniLm;
import io.pocketllm.model.base.BaseWeights;
import io.pocketllm.model.base.DecodedWeights;
import io.pocketllm.tensor.ParameterStore;
import io.pocketllm.tensor.Tensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * Forward passes over quantised bases: the operators read the codes as they are meant, and the
 * answer stays near that of fp32.
 */
@Timeout(120)
class BaseForwardTest {

    static final List<String> CASES = GoldenForwardTest.CASES;

    @TempDir static Path cache;

    /** Rounding a layer's inputs to eight bits moves its outputs by so much at most. */
    private static final double INPUTS = 0.05;

    @ParameterizedTest
    @FieldSource("CASES")
    void codesMeanTheSameToTheGraphAsToTheirDefinition(String name) throws Exception {
        try (GoldenCase golden = GoldenCase.open(name)) {
            Batch batch = batch(golden);
            for (BaseFormat format :
                    List.of(BaseFormat.INT8, BaseFormat.INT8_BLOCK, BaseFormat.INT4)) {
                try (BaseWeights base = golden.model().base(new BaseSpec(format, 32), cache);
                        ParameterStore decoded = new ParameterStore()) {
                    GraphOptions quantised = GraphOptions.PLAIN.withBase(base);
                    Collection<Tensor> twin =
                            DecodedWeights.of(base, golden.model().weights(), decoded);
                    // Decoded words replace halves too.
                    GraphOptions fp32 =
                            GraphOptions.PLAIN.withFp32(n -> base.quantised(n).isPresent());

                    float[] expected = logits(golden.model(), fp32, twin, batch);
                    float[] found = logits(golden.model(), quantised, base.fed(), batch);

                    assertThat(error(found, expected)).as("%s", format).isLessThan(INPUTS);
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "roberta-tiny, INT8_BLOCK",
        "roberta-tiny, INT4",
        "opt-tiny, INT8",
        "opt-tiny, INT4",
        "gpt2-tiny, INT4",
        "llama-tiny, INT8_BLOCK"
    })
    void trainedScalesAreReadAtEachCall(String name, BaseFormat format) throws Exception {
        try (GoldenCase golden = GoldenCase.open(name);
                BaseWeights base = golden.model().base(new BaseSpec(format, 32), cache);
                ParameterStore scales = new ParameterStore();
                ParameterStore decoded = new ParameterStore()) {
            base.scales().forEach(scales::copyOf);
            assertThat(scales.tensors())
                    .isNotEmpty()
                    .allMatch(t -> t.name().endsWith(".weight.scales"));
            LanguageModel model = golden.model();
            Batch batch = batch(golden);
            GraphOptions trained = GraphOptions.PLAIN.withBase(base).withTrainedScales(n -> true);
            ForwardGraph forward = model.graph(trained);
            String output =
                    forward.vocabularyHead().orElseThrow().addTo(forward.graph(), flat(forward));
            forward.graph().setOutputs(List.of(output));
            List<Tensor> fed = new ArrayList<>(base.fed());
            fed.addAll(scales.tensors());
            try (ForwardPass pass = new ForwardPass(forward.graph(), fed, 1)) {
                float[] before = pass.run(batch, output);
                Collection<Tensor> twin = DecodedWeights.of(base, model.weights(), decoded);
                GraphOptions fp32 = GraphOptions.PLAIN.withFp32(n -> base.quantised(n).isPresent());
                // Over blocks, inputs stay fp32 here, so the twin is met closely.
                double bound = format == BaseFormat.INT8 ? INPUTS : 0.02;
                assertThat(error(before, logits(model, fp32, twin, batch))).isLessThan(bound);

                for (Tensor scale : scales.tensors()) {
                    for (long i = 0; i < scale.elements(); i++) {
                        scale.set(i, scale.get(i) * 1.5f);
                    }
                }
                for (Tensor tensor : decoded.tensors()) {
                    boolean linear =
                            base.scales().stream()
                                    .anyMatch(s -> s.name().equals(tensor.name() + ".scales"));
                    for (long i = 0; linear && i < tensor.elements(); i++) {
                        tensor.set(i, tensor.get(i) * 1.5f);
                    }
                }
                float[] after = pass.run(batch, output);
                assertThat(error(after, before)).isGreaterThan(0.05);
                assertThat(error(after, logits(model, fp32, twin, batch))).isLessThan(bound);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "FP16, 64, 0.001",
        "INT8_BLOCK, 32, 0.05",
        "INT8_BLOCK, 64, 0.06",
        "INT8_BLOCK, 128, 0.09",
        "INT8, 64, 0.2",
        "INT4, 32, 0.35",
        "INT4, 64, 0.4",
        "INT4, 128, 0.45"
    })
    void theDefaultModelStaysNearFp32(BaseFormat format, int blockSize, double bound)
            throws Exception {
        LanguageModel model = MiniLm.model();
        Batch batch = MiniLm.split(MiniLm.TEXTS).batch(0, 1, 2, 3, 4);
        float[] expected = pooled(model, GraphOptions.PLAIN, model.weights().values(), batch);
        try (BaseWeights base = model.base(new BaseSpec(format, blockSize), cache)) {
            float[] found = pooled(model, GraphOptions.PLAIN.withBase(base), base.fed(), batch);

            assertThat(error(found, expected)).isLessThan(bound);
        }
    }

    @ParameterizedTest
    @EnumSource(BaseFormat.class)
    void labelWordsAreScoredAsAmongAllWords(BaseFormat format) throws Exception {
        try (GoldenCase golden = GoldenCase.open("opt-tiny");
                BaseWeights base = golden.model().base(new BaseSpec(format, 32), cache)) {
            GraphOptions options = GraphOptions.PLAIN.withBase(base);
            LanguageModel model = golden.model();
            Batch batch = batch(golden);
            float[] all = logits(model, options, base.fed(), batch);
            ForwardGraph forward = model.graph(options);
            String output =
                    forward.vocabularyHead()
                            .orElseThrow()
                            .addTo(forward.graph(), flat(forward), new long[] {7, 143});
            float[] two = run(forward, base.fed(), batch, output, MemoryProfile.BALANCED);

            float[] expected = new float[two.length];
            for (int i = 0; i < two.length; i += 2) {
                expected[i] = all[i / 2 * 144 + 7];
                expected[i + 1] = all[i / 2 * 144 + 143];
            }
            assertThat(error(two, expected)).isLessThan(INPUTS);
        }
    }

    @ParameterizedTest
    @EnumSource(BaseFormat.class)
    void adaptersAttachToAnyBase(BaseFormat format) throws Exception {
        try (GoldenCase golden = GoldenCase.open("opt-tiny");
                BaseWeights base = golden.model().base(new BaseSpec(format, 32), cache);
                ParameterStore store = new ParameterStore()) {
            GraphOptions options = GraphOptions.PLAIN.withBase(base);
            ForwardGraph forward = golden.model().graph(options);
            ForwardGraph plain = golden.model().graph();
            assertThat(forward.projections()).isEqualTo(plain.projections());
            assertThat(forward.graph().weightInputs())
                    .as("what BitFit trains is fed")
                    .containsAll(
                            plain.graph().weightInputs().stream()
                                    .filter(n -> n.endsWith("bias") || n.contains("norm"))
                                    .toList());
            Random random = new Random(3);
            for (Projection p : Projection.queriesAndValues(forward.projections())) {
                LoraAdapter adapter =
                        new LoraAdapter(
                                p.name(), p.input(), p.output(), p.inSize(), p.outSize(), 2, 4);
                adapter.addTo(forward.graph());
                fill(store.allocate(adapter.a(), p.inSize(), 2), random);
                fill(store.allocate(adapter.b(), 2, p.outSize()), random);
            }
            List<Tensor> fed = new ArrayList<>(base.fed());
            fed.addAll(store.tensors());
            Batch batch = batch(golden);

            float[] adapted =
                    run(forward, fed, batch, forward.hiddenStates(), MemoryProfile.BALANCED);
            float[] without =
                    run(
                            golden.model().graph(options),
                            base.fed(),
                            batch,
                            forward.hiddenStates(),
                            MemoryProfile.BALANCED);

            assertThat(error(adapted, without)).isGreaterThan(0.05);
        }
    }

    @ParameterizedTest
    @EnumSource(MemoryProfile.class)
    void aMemoryProfileChangesNoNumber(MemoryProfile profile) throws Exception {
        try (GoldenCase golden = GoldenCase.open("llama-tiny");
                BaseWeights base = golden.model().base(BaseSpec.of(BaseFormat.INT8), cache)) {
            GraphOptions options = GraphOptions.PLAIN.withBase(base);
            ForwardGraph forward = golden.model().graph(options);
            String states = forward.hiddenStates();
            Batch batch = batch(golden);

            assertThat(run(forward, base.fed(), batch, states, profile))
                    .isEqualTo(
                            run(
                                    golden.model().graph(options),
                                    base.fed(),
                                    batch,
                                    states,
                                    MemoryProfile.BALANCED));
        }
    }

    private static void fill(Tensor tensor, Random random) {
        for (long i = 0; i < tensor.elements(); i++) {
            tensor.set(i, (float) random.nextGaussian());
        }
    }

    private static Batch batch(GoldenCase golden) {
        long[] shape = golden.shape("input_ids");
        int rows = (int) shape[0];
        return new Batch(
                golden.input("input_ids"),
                golden.input("attention_mask"),
                new int[rows],
                new int[rows],
                rows,
                (int) shape[1]);
    }

    private static float[] logits(
            LanguageModel model, GraphOptions options, Collection<Tensor> weights, Batch batch) {
        ForwardGraph forward = model.graph(options);
        String output =
                forward.vocabularyHead().orElseThrow().addTo(forward.graph(), flat(forward));
        return run(forward, weights, batch, output, MemoryProfile.BALANCED);
    }

    private static float[] pooled(
            LanguageModel model, GraphOptions options, Collection<Tensor> weights, Batch batch) {
        ForwardGraph forward = model.graph(options);
        PooledText.addTo(forward.graph(), forward.hiddenStates());
        return run(forward, weights, batch, PooledText.OUTPUT, MemoryProfile.BALANCED);
    }

    /** Rows of all tokens. */
    private static String flat(ForwardGraph forward) {
        return forward.graph()
                .add(
                        "Flatten",
                        "test/flat",
                        List.of(forward.hiddenStates()),
                        io.pocketllm.onnx.OnnxGraph.attribute("axis", 2L));
    }

    private static float[] run(
            ForwardGraph forward,
            Collection<Tensor> weights,
            Batch batch,
            String output,
            MemoryProfile profile) {
        MiniLm.prepare();
        forward.graph().setOutputs(List.of(output));
        try (ForwardPass pass =
                new ForwardPass(forward.graph(), weights, new ForwardOptions(2, profile))) {
            return pass.run(batch, output);
        }
    }

    /** |a − b| / |b|, lengths of vectors. */
    private static double error(float[] a, float[] b) {
        assertThat(a).hasSameSizeAs(b);
        double difference = 0;
        double length = 0;
        for (int i = 0; i < a.length; i++) {
            difference += Math.pow((double) a[i] - b[i], 2);
            length += (double) b[i] * b[i];
        }
        assertThat(Arrays.stream(new double[] {difference, length}).allMatch(Double::isFinite))
                .isTrue();
        return Math.sqrt(difference / length);
    }
}
