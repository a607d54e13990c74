package io.pocketllm.forward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.pocketllm.data.Answers;
import io.pocketllm.data.Batch;
import io.pocketllm.model.ForwardGraph;
import io.pocketllm.model.GraphOptions;
import io.pocketllm.model.LanguageModel;
import io.pocketllm.model.ModelFiles;
import io.pocketllm.model.PickedStates;
import io.pocketllm.model.architecture.RandomCheckpoint;
import io.pocketllm.objective.AnswerTokens;
import io.pocketllm.onnx.OnnxGraph;
import io.pocketllm.tensor.DType;
import io.pocketllm.tensor.ParameterStore;
import io.pocketllm.tensor.Tensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Weights through a small buffer give what weights side by side give. */
@Timeout(120)
class StreamedPassTest {

    /** Numbers: less than a matrix of a tiny model, so that everything is cut. */
    private static final long NARROW = 700;

    @TempDir private Path folder;

    @BeforeAll
    static void prepare() {
        MiniLm.prepare();
    }

    private LanguageModel model(String shape, DType dtype) throws Exception {
        RandomCheckpoint.write(folder.resolve(shape), shape, dtype, 11);
        Path path = folder.resolve(shape);
        return LanguageModel.open(new ModelFiles(shape, path, path.resolve("tokenizer.json")));
    }

    /** Two texts, one shorter than the other, with two answers each. */
    private static Batch batch(int vocabulary) {
        int length = 9;
        SplittableRandom random = new SplittableRandom(4);
        long[] ids = random.longs(2 * length, 5, vocabulary).toArray();
        long[] mask = new long[2 * length];
        java.util.Arrays.fill(mask, 1);
        for (int i = length + 6; i < 2 * length; i++) {
            mask[i] = 0;
            ids[i] = 1;
        }
        Answers answers =
                new Answers(
                        new long[] {4, 5, length + 2, length + 3},
                        new int[] {7, 11, 7, 13},
                        new int[] {0, 0, 1, 1});
        return new Batch(ids, mask, null, new int[2], new int[2], 2, length, 1, answers);
    }

    private static ForwardGraph graph(LanguageModel model) {
        return model.graph(GraphOptions.PLAIN.withFp32(name -> true));
    }

    /** Words' scores at the answers' places, and the answers' own. */
    private static List<String> end(ForwardGraph forward) {
        OnnxGraph graph = forward.graph();
        AnswerTokens tokens = AnswerTokens.addTo(forward, forward.vocabularyHead().orElseThrow());
        String picked = PickedStates.addTo(graph, forward.hiddenStates());
        String words =
                forward.vocabularyHead().orElseThrow().addTo(graph, picked, new long[] {9, 3, 9});
        List<String> outputs = List.of(tokens.logProbability(), words, forward.hiddenStates());
        graph.setOutputs(outputs);
        return outputs;
    }

    private static ParameterStore store(LanguageModel model) {
        ParameterStore store = new ParameterStore();
        model.weights().values().forEach(store::sameAs);
        return store;
    }

    @ParameterizedTest
    @CsvSource({
        "bert-tiny,       F16,  700",
        "roberta-tiny,    F16,  700",
        "roberta-tiny,    BF16, 100000",
        "distilbert-tiny, BF16, 5000",
        "opt-tiny,        F16,  700",
        "opt-tiny,        F32,  3000",
        "gpt2-tiny,       BF16, 700",
        "llama-tiny,      F16,  700",
        "mobilellm-tiny,  BF16, 700",
        "qwen2-tiny,      BF16, 1",
    })
    void theSameGraphGivesTheSame(String shape, DType dtype, long room) throws Exception {
        try (LanguageModel model = model(shape, dtype);
                ParameterStore store = store(model);
                ParameterStore wide = new ParameterStore()) {
            store.tensors().forEach(wide::copyOf);
            Batch batch = batch(model.info().vocabularySize());
            ForwardGraph whole = graph(model);
            ForwardGraph cut = graph(model);
            List<String> outputs = end(whole);
            end(cut);
            try (ForwardPass plain = new ForwardPass(whole.graph(), wide.tensors(), 1);
                    StreamedPass streamed = streamed(cut, store, 0, room)) {
                List<float[]> expected = plain.run(batch, outputs);
                List<float[]> found = streamed.run(batch, outputs);

                for (int i = 0; i < outputs.size(); i++) {
                    assertThat(found.get(i))
                            .as(outputs.get(i))
                            .hasSameSizeAs(expected.get(i))
                            .containsExactly(expected.get(i), within(2e-5f));
                }
            }
        }
    }

    private static StreamedPass streamed(
            ForwardGraph forward, ParameterStore store, int microBatch, long room) {
        return new StreamedPass(
                forward.graph(),
                store,
                List.of(),
                new ForwardOptions(1, MemoryProfile.BALANCED, microBatch),
                forward.layerOutputs(),
                room,
                PassWatch.Listener.NONE);
    }

    @Test
    void equalLayersShareTheirSessions() throws Exception {
        try (LanguageModel model = model("mobilellm-tiny", DType.F16);
                ParameterStore store = store(model)) {
            ForwardGraph forward = graph(model);
            end(forward);
            try (StreamedPass pass = streamed(forward, store, 0, NARROW)) {
                StreamedPass.Layout layout = pass.layout();

                assertThat(layout.segments()).isGreaterThan(3 * model.layers());
                assertThat(layout.sessions()).isLessThan(layout.segments() / 2);
            }
        }
    }

    @Test
    void aBatchInPiecesAndAWeightThatMovedAreSeen() throws Exception {
        try (LanguageModel model = model("opt-tiny", DType.F16);
                ParameterStore store = store(model)) {
            Batch batch = batch(model.info().vocabularySize());
            ForwardGraph one = graph(model);
            ForwardGraph two = graph(model);
            List<String> outputs = end(one);
            end(two);
            try (StreamedPass whole = streamed(one, store, 0, NARROW);
                    StreamedPass pieces = streamed(two, store, 1, NARROW)) {
                List<float[]> before = whole.run(batch, outputs);
                List<float[]> same = pieces.run(batch, outputs);
                for (Tensor tensor : store.tensors()) {
                    tensor.set(0, tensor.get(0) + 0.5f);
                }
                List<float[]> after = pieces.run(batch, outputs);

                List<Boolean> changed = new ArrayList<>();
                for (int i = 0; i < outputs.size(); i++) {
                    assertThat(same.get(i)).containsExactly(before.get(i), within(2e-5f));
                    changed.add(!java.util.Arrays.equals(after.get(i), before.get(i)));
                }
                assertThat(changed).containsOnly(true);
            }
        }
    }
}
