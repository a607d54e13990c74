package io.pocketllm.model;

import io.pocketllm.tensor.ParameterStore;
import io.pocketllm.tensor.SafetensorsWriter;
import io.pocketllm.tensor.Tensor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A small BERT's ONNX file, written as the Hugging Face folder it was exported from. */
public final class RewrittenModel {

    private static final String CONFIG =
            """
            {"model_type": "bert", "architectures": ["BertModel"], "hidden_size": 384,
             "num_hidden_layers": %d, "num_attention_heads": 12, "intermediate_size": 1536,
             "hidden_act": "gelu", "layer_norm_eps": 1e-12, "max_position_embeddings": 512,
             "type_vocab_size": 2, "vocab_size": 30522}
            """;

    private RewrittenModel() {}

    /** Matrices have lost their names in the export and are (in, out); their nodes name them. */
    public static void write(LanguageModel onnx, Path folder) throws Exception {
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
        Files.writeString(folder.resolve("config.json"), CONFIG.formatted(onnx.layers()));
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
}
