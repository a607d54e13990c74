package io.pocketllm.model;

import static io.pocketllm.onnx.OnnxGraph.TO_FLOAT;
import static io.pocketllm.onnx.OnnxGraph.attribute;

import io.pocketllm.onnx.OnnxGraph;
import io.pocketllm.tensor.DType;
import java.util.ArrayList;
import java.util.List;

/**
 * Turns hidden states into words' logits: {@code logits = transform(hidden) · decoderᵀ + bias}. The
 * transform is a masked language model's dense layer and norm, and nothing in a decoder. The
 * decoder weight is most often the token embedding itself.
 */
public final class VocabularyHead {

    /** What a hidden state goes through before the decoder. */
    @FunctionalInterface
    public interface Transform {

        /** Adds the nodes; {@code hidden} and the answer have shape (n, hidden). */
        String addTo(OnnxGraph graph, String hidden);
    }

    /** A half-precision decoder is widened in pieces of so many numbers: 32 MiB of fp32. */
    static final long PIECE = 8L << 20;

    private final Transform transform;
    private final Weight decoder;
    private final Weight bias;
    private final boolean outputsFirst;
    private final long piece;

    /**
     * @param decoder shape (vocabulary, hidden)
     * @param bias shape (vocabulary), or null
     */
    public VocabularyHead(Transform transform, Weight decoder, Weight bias) {
        this(transform, decoder, bias, true, PIECE);
    }

    /**
     * @param decoder shape (vocabulary, hidden), or (hidden, vocabulary)
     * @param bias shape (vocabulary), or null
     * @param outputsFirst whether the decoder's first dimension is the vocabulary
     * @param piece numbers of a half-precision decoder that are widened at once
     */
    VocabularyHead(
            Transform transform, Weight decoder, Weight bias, boolean outputsFirst, long piece) {
        this.transform = transform;
        this.decoder = decoder;
        this.bias = bias;
        this.outputsFirst = outputsFirst;
        this.piece = piece;
    }

    private int vocabularyAxis() {
        return outputsFirst ? 0 : 1;
    }

    /** Names of the decoder's weight and, where there is one, its bias. */
    public List<String> weights() {
        return bias == null ? List.of(decoder.name()) : List.of(decoder.name(), bias.name());
    }

    /** What turns transformed states into logits, shape (vocabulary, hidden). */
    public Weight decoder() {
        return decoder;
    }

    /** How many words it scores. */
    public int vocabularySize() {
        return (int) decoder.shape()[vocabularyAxis()];
    }

    /**
     * Scores every word.
     *
     * @param hidden picked states, shape (n, hidden)
     * @return the logits, shape (n, vocabulary)
     */
    public String addTo(OnnxGraph graph, String hidden) {
        String name = graph.fresh("pocketllm/vocabulary_logits");
        String states = transform.addTo(graph, hidden);
        int rows = (int) Math.max(1, piece / decoder.shape()[1 - vocabularyAxis()]);
        if (decoder.quantised().isPresent()
                || decoder.dtype() == DType.F32
                || vocabularySize() <= rows) {
            String shift = bias == null ? null : bias.addTo(graph);
            return decoder.addLinear(graph, name, states, outputsFirst, shift);
        }
        // The whole decoder widened at once would be the largest value of the graph.
        decoder.addStoredTo(graph);
        List<String> pieces = new ArrayList<>();
        for (int from = 0; from < vocabularySize(); from += rows) {
            String p = name + "/" + from;
            int to = Math.min(vocabularySize(), from + rows);
            String range = graph.longConstants(p + "/from", from);
            String end = graph.longConstants(p + "/to", to);
            String axis = graph.longConstants(p + "/axis", vocabularyAxis());
            String slice = graph.addFirst("Cast", p + "/fp32", List.of(p + "/slice"), TO_FLOAT);
            graph.addFirst("Slice", p + "/slice", List.of(decoder.name(), range, end, axis));
            pieces.add(linear(graph, p, states, slice, null));
        }
        String whole = graph.add("Concat", name + "/joined", pieces, attribute("axis", 1));
        return bias == null ? whole : graph.add("Add", name, List.of(whole, bias.addTo(graph)));
    }

    /**
     * Scores only these words, from their rows of the decoder; the others are never computed, nor
     * widened.
     *
     * @param hidden picked states, shape (n, hidden)
     * @param wordIds the words, in the order of the logits
     * @return the logits, shape (n, words)
     * @throws IllegalArgumentException where an id is not in the vocabulary
     */
    public String addTo(OnnxGraph graph, String hidden, long[] wordIds) {
        for (long id : wordIds) {
            if (id < 0 || id >= vocabularySize()) {
                throw new IllegalArgumentException(
                        "word id " + id + " is not in a vocabulary of " + vocabularySize());
            }
        }
        String name = graph.fresh("pocketllm/word_logits");
        String words = graph.longConstants(name + "/words", wordIds);
        String states = transform.addTo(graph, hidden);
        return linear(
                graph,
                name,
                states,
                decoder.quantised().isPresent()
                        ? decoder.addRows(graph, name + "/rows", words)
                        : rows(graph, name + "/rows", decoder, words, vocabularyAxis()),
                bias == null ? null : rows(graph, name + "/bias", bias, words, 0));
    }

    private static String rows(
            OnnxGraph graph, String name, Weight weight, String words, int axis) {
        String stored = weight.addStoredTo(graph);
        String picked = graph.add("Gather", name, List.of(stored, words), attribute("axis", axis));
        return weight.dtype() == DType.F32
                ? picked
                : graph.add("Cast", name + "/fp32", List.of(picked), TO_FLOAT);
    }

    private String linear(OnnxGraph graph, String name, String states, String weight, String bias) {
        List<String> inputs =
                bias == null ? List.of(states, weight) : List.of(states, weight, bias);
        return graph.add("Gemm", name, inputs, attribute("transB", outputsFirst ? 1 : 0));
    }
}
