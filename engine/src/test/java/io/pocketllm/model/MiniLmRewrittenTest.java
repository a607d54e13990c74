package io.pocketllm.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.pocketllm.data.Batch;
import io.pocketllm.forward.ForwardPass;
import io.pocketllm.forward.MiniLm;
import io.pocketllm.tensor.ParameterStore;
import io.pocketllm.tensor.SafetensorsWriter;
import io.pocketllm.tensor.Tensor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The default model, once from its ONNX file and once as a Hugging Face folder. */
@Timeout(120)
class MiniLmRewrittenTest {

    private static final String CONFIG =
            """
            {"model_type": "bert", "architectures": ["BertModel"], "hidden_size": 384,
             "num_hidden_layers": 6, "num_attention_heads": 12, "intermediate_size": 1536,
             "hidden_act": "gelu", "layer_norm_eps": 1e-12, "max_position_embeddings": 512,
             "type_vocab_size": 2, "vocab_size": 30522}
            """;

    @Test
    void bothWaysGiveTheSameHiddenStates(@TempDir Path folder) throws Exception {
        LanguageModel onnx = MiniLm.model();
        write(onnx, folder);
        Batch batch = MiniLm.split(MiniLm.TEXTS).batch(0, 1, 2, 3, 4);

        try (LanguageModel rewritten = LanguageModel.open(GoldenCase.files("m", folder))) {
            float[] expected = states(onnx, batch);
            float[] found = states(rewritten, batch);

            assertThat(GoldenCase.difference(found, expected, batch.attentionMask()))
                    .isLessThan(1e-4);
            assertThat(rewritten.parameters()).isEqualTo(onnx.parameters() - pooler(onnx));
            assertThat(rewritten.graph().vocabularyHead()).as("it has no words").isEmpty();
            assertThat(Projection.queriesAndValues(rewritten.graph().projections()))
                    .extracting(Projection::name)
                    .isEqualTo(
                            Projection.queriesAndValues(onnx.graph().projections()).stream()
                                    .map(Projection::name)
                                    .toList());
        }
    }

    private static long pooler(LanguageModel onnx) {
        return onnx.weights().values().stream()
                .filter(t -> t.name().startsWith("pooler"))
                .mapToLong(Tensor::elements)
                .sum();
    }

    /** Matrices have lost their names in the export and are (in, out); their nodes name them. */
    private static void write(LanguageModel onnx, Path folder) throws Exception {
        Map<String, Projection> byWeight = new LinkedHashMap<>();
        onnx.graph().projections().forEach(p -> byWeight.put(p.weight(), p));
        try (ParameterStore store = new ParameterStore()) {
            List<Tensor> tensors = new ArrayList<>();
            for (Tensor tensor : onnx.weights().values()) {
                Projection projection = byWeight.get(tensor.name());
                tensors.add(projection == null ? tensor : transposed(store, tensor, projection));
            }
            SafetensorsWriter.write(folder.resolve("model.safetensors"), tensors, Map.of());
        }
        Files.writeString(folder.resolve("config.json"), CONFIG);
    }

    private static Tensor transposed(ParameterStore store, Tensor source, Projection p) {
        Tensor target = store.allocate(p.name() + ".weight", p.outSize(), p.inSize());
        for (int in = 0; in < p.inSize(); in++) {
            for (int out = 0; out < p.outSize(); out++) {
                target.set((long) out * p.inSize() + in, source.get((long) in * p.outSize() + out));
            }
        }
        return target;
    }

    private static float[] states(LanguageModel model, Batch batch) {
        ForwardGraph forward = model.graph();
        forward.graph().setOutputs(List.of(forward.hiddenStates()));
        try (ForwardPass pass = new ForwardPass(forward.graph(), model.weights().values(), 2)) {
            return pass.run(batch, forward.hiddenStates());
        }
    }
}
