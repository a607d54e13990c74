package io.pocketllm.run;

import io.pocketllm.data.Batch;
import io.pocketllm.forward.BaseModel;
import io.pocketllm.forward.ForwardPass;
import io.pocketllm.model.ForwardGraph;
import io.pocketllm.model.GraphOptions;
import io.pocketllm.model.LanguageModel;
import io.pocketllm.tensor.ParameterStore;
import io.pocketllm.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A prefix's keys and values before the first step. MeZO (arXiv 2305.17333) takes them from the
 * model's own activations over random tokens, which trains far better than random numbers.
 */
final class PrefixParameters {

    private PrefixParameters() {}

    /** Adds a key and a value of shape (tokens, keyValueHeads · headSize) for each layer. */
    static void fromActivations(BaseModel model, int tokens, long seed, ParameterStore trainable) {
        ForwardGraph plain = model.graph(GraphOptions.PLAIN);
        List<String> outputs = new ArrayList<>();
        for (ForwardGraph.KeyValue layer : plain.keyValues()) {
            outputs.add(layer.key());
            outputs.add(layer.value());
        }
        plain.graph().setOutputs(outputs);
        List<String> names =
                model.graph(GraphOptions.PLAIN.withPrefixTokens(tokens)).prefixInputs();
        try (ForwardPass pass = model.pass(plain.graph(), model.fed())) {
            List<float[]> rows = pass.run(randomText(model.model(), tokens, seed), outputs);
            for (int i = 0; i < rows.size(); i++) {
                Tensor prefix =
                        trainable.allocate(names.get(i), tokens, rows.get(i).length / tokens);
                prefix.copyFrom(rows.get(i));
            }
        }
    }

    private static Batch randomText(LanguageModel model, int tokens, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        long[] ids = new long[tokens];
        for (int i = 0; i < tokens; i++) {
            ids[i] = random.nextInt(model.info().vocabularySize());
        }
        long[] mask = new long[tokens];
        Arrays.fill(mask, 1);
        return new Batch(ids, mask, new int[1], new int[1], 1, tokens);
    }
}
