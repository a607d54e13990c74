package io.pocketllm.model;

import io.pocketllm.onnx.OnnxGraph;
import java.util.List;
import java.util.Optional;

/**
 * A model's forward pass as a graph that heads and adapters can still be added to. Its data inputs
 * are int64 of shape (batch, tokens): {@code input_ids} and {@code attention_mask}, and where the
 * model takes them {@code token_type_ids} and {@code position_ids}. Its weights are inputs under
 * their published names, in the format they are stored in.
 */
public final class ForwardGraph {

    /**
     * What an attention layer's tokens are compared with and give away: where the rows of a prefix
     * can be taken from.
     *
     * @param key value of shape (batch, tokens, keyValueHeads · headSize), positions applied
     * @param value value of the same shape
     */
    public record KeyValue(String key, String value) {}

    private final OnnxGraph graph;
    private final String hiddenStates;
    private final List<String> layerOutputs;
    private final List<Projection> projections;
    private final List<KeyValue> keyValues;
    private final List<String> prefixInputs;
    private final VocabularyHead head;

    /**
     * @param head null for a model that cannot score words
     */
    public ForwardGraph(
            OnnxGraph graph,
            String hiddenStates,
            List<String> layerOutputs,
            List<Projection> projections,
            List<KeyValue> keyValues,
            List<String> prefixInputs,
            VocabularyHead head) {
        this.graph = graph;
        this.hiddenStates = hiddenStates;
        this.layerOutputs = List.copyOf(layerOutputs);
        this.projections = List.copyOf(projections);
        this.keyValues = List.copyOf(keyValues);
        this.prefixInputs = List.copyOf(prefixInputs);
        this.head = head;
    }

    /** The graph itself. It belongs to the caller; {@code setOutputs} is left to do. */
    public OnnxGraph graph() {
        return graph;
    }

    /**
     * The value of shape (batch, tokens, state) that a head reads: after the final norm, and after
     * OPT's {@code project_out}.
     */
    public String hiddenStates() {
        return hiddenStates;
    }

    /**
     * Hidden states of shape (batch, tokens, hidden): of the embeddings, then after each layer; the
     * last is {@link #hiddenStates}. Empty for an ONNX file.
     */
    public List<String> layerOutputs() {
        return layerOutputs;
    }

    /**
     * Every linear layer between embeddings and hidden states, in the order they are computed. A
     * layer that is used twice is listed twice, with one weight.
     */
    public List<Projection> projections() {
        return projections;
    }

    /** Keys and values of each attention layer, without a prefix. Empty for an ONNX file. */
    public List<KeyValue> keyValues() {
        return keyValues;
    }

    /**
     * Names of the weight inputs a prefix adds, {@code prefix.layers.<i>.key} and {@code .value} of
     * each layer, shape (prefixTokens, keyValueHeads · headSize).
     */
    public List<String> prefixInputs() {
        return prefixInputs;
    }

    /** What turns hidden states into words' logits; empty where the model has none. */
    public Optional<VocabularyHead> vocabularyHead() {
        return Optional.ofNullable(head);
    }
}
