package io.pocketllm.objective;

import io.pocketllm.data.Batch;
import io.pocketllm.data.TokenizedSplit;
import io.pocketllm.forward.BaseModel;
import io.pocketllm.forward.ForwardPass;
import io.pocketllm.model.ForwardGraph;
import io.pocketllm.model.GraphOptions;
import io.pocketllm.model.LanguageModel;
import io.pocketllm.model.PooledText;
import io.pocketllm.model.Projection;
import io.pocketllm.onnx.OnnxGraph;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleConsumer;

/**
 * The untouched encoder, asked before training: pooled texts, and what flows into its query and
 * value projections. Forward passes only.
 */
public final class EncoderProbe implements AutoCloseable {

    private static final int BATCH = 32;

    private final int hiddenSize;
    private final List<Projection> projections;
    private final ForwardPass pass;

    /** The same over the weights as stored, with so many threads. */
    public EncoderProbe(LanguageModel model, boolean withProjections, int threads) {
        this(BaseModel.stored(model, threads), withProjections);
    }

    /**
     * @param withProjections whether {@link #activations} will be asked for
     */
    public EncoderProbe(BaseModel model, boolean withProjections) {
        hiddenSize = model.model().hiddenSize();
        ForwardGraph forward = model.graph(GraphOptions.PLAIN);
        OnnxGraph graph = forward.graph();
        projections = Projection.queriesAndValues(forward.projections());
        PooledText.addTo(graph, forward.hiddenStates());
        List<String> outputs = new ArrayList<>(List.of(PooledText.OUTPUT));
        if (withProjections) {
            projections.stream().map(Projection::input).distinct().forEach(outputs::add);
        }
        graph.setOutputs(outputs);
        pass = model.pass(graph, model.fed());
    }

    /** The query and value projections found in the graph; empty where its names do not say. */
    public List<Projection> projections() {
        return projections;
    }

    /**
     * Pooled vectors of every example.
     *
     * @param progress told the share that is done, 0 to 1
     * @return shape (examples, hidden), row-major, in the split's own order
     */
    public float[] pooled(TokenizedSplit split, DoubleConsumer progress) {
        float[] all = new float[split.size() * hiddenSize];
        int done = 0;
        for (Batch batch : split.allByLength(BATCH)) {
            float[] rows = pass.run(batch, PooledText.OUTPUT);
            for (int row = 0; row < batch.size(); row++) {
                System.arraycopy(
                        rows,
                        row * hiddenSize,
                        all,
                        batch.examples()[row] * hiddenSize,
                        hiddenSize);
            }
            done += batch.size();
            progress.accept((double) done / split.size());
        }
        return all;
    }

    /**
     * Principal directions of each projection's inputs over the first {@code examples} examples,
     * padding left out.
     *
     * @return by projection, in graph order
     */
    public Map<Projection, PrincipalDirections> activations(
            TokenizedSplit split, int examples, DoubleConsumer progress) {
        // Query and value of a layer read the same value: it is counted once.
        Map<String, PrincipalDirections> byInput = new LinkedHashMap<>();
        projections.forEach(
                p -> byInput.computeIfAbsent(p.input(), i -> new PrincipalDirections(p.inSize())));
        List<String> inputs = List.copyOf(byInput.keySet());
        int total = Math.min(examples, split.size());
        for (int from = 0; from < total; from += BATCH) {
            int[] indices =
                    java.util.stream.IntStream.range(from, Math.min(total, from + BATCH)).toArray();
            Batch batch = split.batch(indices);
            List<float[]> values = pass.run(batch, inputs);
            for (int i = 0; i < inputs.size(); i++) {
                PrincipalDirections directions = byInput.get(inputs.get(i));
                int size = values.get(i).length / batch.attentionMask().length;
                for (int token = 0; token < batch.attentionMask().length; token++) {
                    if (batch.attentionMask()[token] == 1) {
                        directions.add(values.get(i), token * size);
                    }
                }
            }
            progress.accept((double) (from + indices.length) / total);
        }
        Map<Projection, PrincipalDirections> result = new LinkedHashMap<>();
        projections.forEach(p -> result.put(p, byInput.get(p.input())));
        return result;
    }

    /**
     * The forward pass itself, to be used and closed by the caller, who then must not close the
     * probe.
     */
    public ForwardPass handOver() {
        return pass;
    }

    @Override
    public void close() {
        pass.close();
    }
}
