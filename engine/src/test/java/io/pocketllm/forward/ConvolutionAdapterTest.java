package io.pocketllm.forward;

import static org.assertj.core.api.Assertions.assertThat;

import io.pocketllm.data.Batch;
import io.pocketllm.model.ForwardGraph;
import io.pocketllm.model.LanguageModel;
import io.pocketllm.model.LoraAdapter;
import io.pocketllm.model.ModelFiles;
import io.pocketllm.model.Projection;
import io.pocketllm.model.Projection.Kind;
import io.pocketllm.onnx.ConvolutionExport;
import io.pocketllm.onnx.TinyExport;
import io.pocketllm.tensor.ParameterStore;
import io.pocketllm.tensor.Tensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * LoRA on GPT-2's c_attn as it is exported: a Gemm over rows that have lost their batch, behind
 * which queries, keys and values are split.
 */
@Timeout(60)
class ConvolutionAdapterTest {

    private static final int HIDDEN = TinyExport.HIDDEN;
    private static final int RANK = 2;
    private static final double ALPHA = 3;
    private static final int LENGTH = 5;
    private static final int TEXTS = 4;

    private final Random random = new Random(21);
    private final ParameterStore store = new ParameterStore();

    @TempDir private Path folder;

    @BeforeEach
    void prepare() {
        MiniLm.prepare();
    }

    @AfterEach
    void free() {
        store.close();
    }

    private LanguageModel model(boolean half) throws Exception {
        Path file = ConvolutionExport.write(folder, half);
        return LanguageModel.open(new ModelFiles("conv", file, folder.resolve("tokenizer.json")));
    }

    @Test
    void theFusedLayerIsFoundByItsModulesName() throws Exception {
        try (LanguageModel model = model(false)) {
            Projection found = only(model.graph());

            assertThat(found.name()).isEqualTo(ConvolutionExport.MODULE);
            assertThat(found.weight()).isEqualTo(ConvolutionExport.WEIGHT);
            assertThat(found.kind()).isEqualTo(Kind.QUERY_KEY_VALUE);
            assertThat(found.inSize()).isEqualTo(HIDDEN);
            assertThat(found.outSize()).isEqualTo(3 * HIDDEN);
            assertThat(found.outputsFirst()).isFalse();
        }
    }

    /** W + (alpha / rank) A B is the same layer without an adapter. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anAdapterIsTheWeightWithItsProductAdded(boolean half) throws Exception {
        try (LanguageModel model = model(half)) {
            ForwardGraph adapted = model.graph();
            LoraAdapter adapter = adapter(only(adapted));
            adapter.addTo(adapted.graph());
            Tensor a = filled(adapter.a(), HIDDEN, RANK);
            Tensor b = filled(adapter.b(), RANK, 3 * HIDDEN);

            float[] found = states(model, adapted, List.of(a, b), batch(TEXTS));

            Tensor merged = merged(model, a.toArray(), b.toArray(), half);
            float[] expected = states(model, model.graph(), List.of(merged), batch(TEXTS));
            double rounding = half ? 2e-2 : 1e-5;
            assertThat(MiniLm.largestDifference(found, expected)).isLessThan(rounding);
            float[] without = states(model, model.graph(), List.of(), batch(TEXTS));
            assertThat(MiniLm.largestDifference(found, without)).isGreaterThan(0.1);
        }
    }

    /** Each block of texts meets its own copies, whatever else the batch holds. */
    @ParameterizedTest
    @CsvSource({"false, true", "false, false", "true, true", "true, false"})
    void everyBlockOfTextsMeetsItsOwnCopy(boolean half, boolean oneA) throws Exception {
        int copies = 2;
        try (LanguageModel model = model(half)) {
            ForwardGraph branched = model.graph();
            LoraAdapter adapter = adapter(only(branched));
            adapter.addBranchedTo(branched.graph(), copies, oneA);
            Tensor a =
                    oneA
                            ? filled(adapter.a(), HIDDEN, RANK)
                            : filled(adapter.a(), copies, HIDDEN, RANK);
            Tensor b = filled(adapter.b(), copies, RANK, 3 * HIDDEN);

            float[] found = states(model, branched, List.of(a, b), batch(TEXTS));

            int block = TEXTS / copies;
            for (int copy = 0; copy < copies; copy++) {
                ForwardGraph plain = model.graph();
                adapter(only(plain)).addTo(plain.graph());
                try (ParameterStore own = new ParameterStore()) {
                    Tensor ownA = own.allocate(adapter.a(), HIDDEN, RANK);
                    ownA.copyFrom(part(a, oneA ? 0 : copy, HIDDEN * RANK));
                    Tensor ownB = own.allocate(adapter.b(), RANK, 3 * HIDDEN);
                    ownB.copyFrom(part(b, copy, RANK * 3 * HIDDEN));
                    float[] all = states(model, plain, List.of(ownA, ownB), batch(TEXTS));
                    int size = block * LENGTH * HIDDEN;
                    assertThat(
                                    MiniLm.largestDifference(
                                            Arrays.copyOfRange(
                                                    found, copy * size, (copy + 1) * size),
                                            Arrays.copyOfRange(
                                                    all, copy * size, (copy + 1) * size)))
                            .isLessThan(half ? 1e-2 : 1e-5);
                }
            }
        }
    }

    private static float[] part(Tensor tensor, int index, int size) {
        return Arrays.copyOfRange(tensor.toArray(), index * size, (index + 1) * size);
    }

    private static Projection only(ForwardGraph forward) {
        List<Projection> found = Projection.queriesAndValues(forward.projections());
        assertThat(found).hasSize(1);
        return found.getFirst();
    }

    private static LoraAdapter adapter(Projection p) {
        return new LoraAdapter(
                p.name(), p.input(), p.output(), p.inSize(), p.outSize(), RANK, ALPHA);
    }

    private Tensor filled(String name, long... shape) {
        Tensor tensor = store.allocate(name, shape);
        for (long i = 0; i < tensor.elements(); i++) {
            tensor.set(i, (float) (0.5 * random.nextGaussian()));
        }
        return tensor;
    }

    private Tensor merged(LanguageModel model, float[] a, float[] b, boolean half) {
        Tensor weight = model.weights().get(ConvolutionExport.WEIGHT);
        Tensor sum = store.copyOf(weight);
        for (int i = 0; i < HIDDEN; i++) {
            for (int o = 0; o < 3 * HIDDEN; o++) {
                double product = 0;
                for (int k = 0; k < RANK; k++) {
                    product += (double) a[i * RANK + k] * b[k * 3 * HIDDEN + o];
                }
                int at = i * 3 * HIDDEN + o;
                sum.set(at, (float) (sum.get(at) + ALPHA / RANK * product));
            }
        }
        return half ? inHalves(sum) : sum;
    }

    private Tensor inHalves(Tensor wide) {
        Tensor bytes = store.allocate(wide.name() + "/half", (wide.elements() + 1) / 2);
        Tensor half =
                new Tensor(
                        wide.name(),
                        io.pocketllm.tensor.DType.F16,
                        wide.shape(),
                        bytes.memory().asSlice(0, 2 * wide.elements()));
        for (long i = 0; i < wide.elements(); i++) {
            half.set(i, wide.get(i));
        }
        return half;
    }

    /** Last hidden states; {@code own} weights take the place of the model's of the same name. */
    private static float[] states(
            LanguageModel model, ForwardGraph forward, List<Tensor> own, Batch batch) {
        List<Tensor> weights = new ArrayList<>(own);
        List<String> names = own.stream().map(Tensor::name).toList();
        model.weights().values().stream()
                .filter(t -> !names.contains(t.name()))
                .forEach(weights::add);
        forward.graph().setOutputs(List.of(forward.hiddenStates()));
        try (ForwardPass pass = new ForwardPass(forward.graph(), weights, 1)) {
            return pass.run(batch, forward.hiddenStates());
        }
    }

    private static Batch batch(int texts) {
        long[] ids = new long[texts * LENGTH];
        long[] mask = new long[texts * LENGTH];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = (7L * i + i / LENGTH) % TinyExport.VOCABULARY;
            mask[i] = 1;
        }
        return new Batch(ids, mask, new int[texts], new int[texts], texts, LENGTH);
    }
}
