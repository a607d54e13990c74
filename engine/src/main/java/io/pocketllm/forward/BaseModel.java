package io.pocketllm.forward;

import io.pocketllm.model.ForwardGraph;
import io.pocketllm.model.GraphOptions;
import io.pocketllm.model.LanguageModel;
import io.pocketllm.model.base.BaseWeights;
import io.pocketllm.onnx.OnnxGraph;
import io.pocketllm.tensor.ParameterStore;
import io.pocketllm.tensor.Tensor;
import java.util.Collection;
import java.util.Objects;
import java.util.Optional;

/**
 * A model with the format its frozen weights are kept in and the way its passes run: everyone who
 * builds a pass of a run builds it from this, so that all see the same weights.
 *
 * @param model the model; owned by the caller
 * @param base its frozen weights in another format; empty for as stored. Owned by the caller
 * @param how how passes run
 * @param watch hears of each pass
 */
public record BaseModel(
        LanguageModel model, Optional<BaseWeights> base, ForwardOptions how, PassWatch watch) {

    /** Looks for nulls. */
    public BaseModel {
        Objects.requireNonNull(model);
        Objects.requireNonNull(base);
        Objects.requireNonNull(how);
        Objects.requireNonNull(watch);
    }

    /** With nobody who hears of its passes. */
    public BaseModel(LanguageModel model, Optional<BaseWeights> base, ForwardOptions how) {
        this(model, base, how, PassWatch.NONE);
    }

    /** The weights as stored, memory kept between passes. */
    public static BaseModel stored(LanguageModel model, int threads) {
        return new BaseModel(
                model, Optional.empty(), new ForwardOptions(threads, MemoryProfile.BALANCED));
    }

    /** A fresh graph over the frozen weights in their format. */
    public ForwardGraph graph(GraphOptions options) {
        return model.graph(base.map(options::withBase).orElse(options));
    }

    /** What a pass is fed where nothing moves: the weights that are no constants of the graph. */
    public Collection<Tensor> fed() {
        return base.map(BaseWeights::fed).orElseGet(() -> model.weights().values());
    }

    /** A pass over a graph of {@link #graph}. */
    public ForwardPass pass(OnnxGraph graph, Collection<Tensor> weights) {
        return new ForwardPass(graph, weights, how, watch.of(graph));
    }

    /**
     * A pass whose moving weights are fed as they stand at the moment, a part at a time.
     *
     * @param forward its moving weights are fp32 inputs
     * @param store what moves
     * @param others weights that stay
     */
    public StreamedPass streamedPass(
            ForwardGraph forward, ParameterStore store, Collection<Tensor> others) {
        return new StreamedPass(
                forward.graph(),
                store,
                others,
                how,
                forward.layerOutputs(),
                StreamedPass.ROOM,
                watch.of(forward.graph()));
    }

    /** A pass with each batch in one piece, for graphs whose rows meet copies of parameters. */
    public ForwardPass wholePass(OnnxGraph graph, Collection<Tensor> weights) {
        return new ForwardPass(graph, weights, how.whole(), watch.of(graph));
    }
}
