package io.pocketllm.model.architecture;

import static io.pocketllm.onnx.OnnxGraph.TO_LONG;

import io.pocketllm.model.ModelException;
import io.pocketllm.model.VocabularyHead;
import io.pocketllm.onnx.OnnxGraph;
import java.util.List;

/**
 * RoBERTa (arXiv 1907.11692): {@code RobertaModel}, {@code RobertaForMaskedLM}. Positions count the
 * tokens that are not padding, and start behind the padding's own row.
 */
final class Roberta implements Architecture {

    private static final String BASE = "roberta.";

    private final BertLayers layers;
    private final int padId;

    Roberta(ConfigFile config) throws ModelException {
        padId = config.integer("pad_token_id", 1, 0, Dimensions.MAX_COUNT);
        layers = new BertLayers(config, BASE, padId + 1);
    }

    @Override
    public Dimensions sizes() {
        return layers.sizes();
    }

    @Override
    public boolean losesHeads() {
        return true;
    }

    @Override
    public String base() {
        return BASE;
    }

    @Override
    public Attention addTo(Blocks blocks) {
        OnnxGraph graph = blocks.graph();
        String pad = graph.longConstant("padding/id", padId);
        String padding = graph.add("Equal", "padding", List.of(blocks.inputIds(), pad));
        String text = graph.add("Not", "padding/none", List.of(padding));
        String marks = graph.add("Cast", "padding/marks", List.of(text), TO_LONG);
        return layers.addTo(blocks, blocks.countedPositions(marks, padId));
    }

    @Override
    public VocabularyHead head(Blocks blocks) {
        return layers.head(
                blocks,
                "lm_head.dense",
                Activation.GELU,
                "lm_head.layer_norm",
                "lm_head.decoder",
                "lm_head.bias");
    }
}
