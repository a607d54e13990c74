package io.pocketllm.objective;

import io.pocketllm.data.Batch;
import io.pocketllm.data.TokenizedSplit;
import io.pocketllm.forward.BaseModel;
import io.pocketllm.forward.ForwardPass;
import io.pocketllm.model.ForwardGraph;
import io.pocketllm.model.GraphOptions;
import io.pocketllm.model.PooledText;
import io.pocketllm.model.PruningMasks;
import io.pocketllm.model.architecture.LayerStructure;
import io.pocketllm.tensor.ParameterStore;
import io.pocketllm.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * A model whose heads and layers can be taken away and put back between passes, asked for pooled
 * texts. The masks are inputs of one session, which is never built again.
 */
public final class MaskedEncoder implements AutoCloseable {

    private static final int BATCH = 32;

    private final LayerStructure structure;
    private final int stateSize;
    private final ParameterStore masks = new ParameterStore();
    private final ForwardPass pass;

    /**
     * @param model of a Hugging Face folder
     * @throws IllegalArgumentException where it is an ONNX file
     */
    public MaskedEncoder(BaseModel model) {
        structure =
                model.model()
                        .huggingFace()
                        .orElseThrow(
                                () -> new IllegalArgumentException("an ONNX file has no masks"))
                        .structure();
        stateSize = model.model().hiddenSize();
        ForwardGraph forward = model.graph(GraphOptions.PLAIN.withMasks());
        PooledText.addTo(forward.graph(), forward.hiddenStates());
        forward.graph().setOutputs(List.of(PooledText.OUTPUT));
        for (int layer = 0; layer < structure.storedLayers() * structure.uses(); layer++) {
            int heads = structure.heads().get(layer / structure.uses()).size();
            fill(masks.allocate(PruningMasks.layer(layer), 1), 0, 1, 1);
            int size = heads * structure.headSize();
            fill(masks.allocate(PruningMasks.heads(layer), size), 0, size, 1);
        }
        List<Tensor> fed = new ArrayList<>(model.fed());
        fed.addAll(masks.tensors());
        try {
            pass = model.pass(forward.graph(), fed);
        } catch (RuntimeException e) {
            masks.close();
            throw e;
        }
    }

    /** What the model's layers are. */
    public LayerStructure structure() {
        return structure;
    }

    /** Leaves a stored layer out, wherever it is used, or passes it again. */
    public void layer(int layer, boolean passed) {
        for (int use = 0; use < structure.uses(); use++) {
            Tensor mask = masks.get(PruningMasks.layer(layer * structure.uses() + use));
            fill(mask, 0, 1, passed ? 1 : 0);
        }
    }

    /**
     * Takes a head away, or puts it back.
     *
     * @param head its number before any was removed
     */
    public void head(int layer, int head, boolean there) {
        int size = structure.headSize();
        int place = structure.heads().get(layer).indexOf(head);
        for (int use = 0; use < structure.uses(); use++) {
            Tensor mask = masks.get(PruningMasks.heads(layer * structure.uses() + use));
            fill(mask, place * size, size, there ? 1 : 0);
        }
    }

    private static void fill(Tensor mask, int from, int count, float value) {
        for (int i = from; i < from + count; i++) {
            mask.set(i, value);
        }
    }

    /**
     * Pooled vectors of every example with what is masked now.
     *
     * @return shape (examples, state), row-major, in the split's own order
     */
    public float[] pooled(TokenizedSplit split) {
        float[] all = new float[split.size() * stateSize];
        for (Batch batch : split.allByLength(BATCH)) {
            float[] rows = pass.run(batch, PooledText.OUTPUT);
            for (int row = 0; row < batch.size(); row++) {
                System.arraycopy(
                        rows, row * stateSize, all, batch.examples()[row] * stateSize, stateSize);
            }
        }
        return all;
    }

    @Override
    public void close() {
        pass.close();
        masks.close();
    }
}
