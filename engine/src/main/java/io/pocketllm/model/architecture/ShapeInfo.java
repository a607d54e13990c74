package io.pocketllm.model.architecture;

import io.pocketllm.model.GraphOptions;
import io.pocketllm.model.ModelException;
import io.pocketllm.model.ModelInfo;
import io.pocketllm.onnx.OnnxGraph;
import io.pocketllm.tensor.DType;
import java.util.List;

/**
 * What a model of a published shape is made of, told from its configuration alone: the same {@link
 * ModelInfo} that its checkpoint would give, without any file.
 */
public final class ShapeInfo {

    private ShapeInfo() {}

    /**
     * The sizes of a shape. Takes some milliseconds: the forward graph is built to see which
     * parameters it asks for.
     *
     * @param shape a name of the {@link ShapeCatalogue}
     * @param dtype how its weights would be stored
     * @throws ModelException where there is no such shape
     */
    public static ModelInfo of(String shape, DType dtype) throws ModelException {
        ConfigFile config = ConfigFile.of(shape, ShapeCatalogue.config(shape));
        Architecture architecture = Architectures.of(config);
        TensorList tensors = new TensorList(dtype);
        OnnxGraph graph = new OnnxGraph();
        Blocks blocks = new Blocks(graph, tensors, GraphOptions.PLAIN);
        architecture.addTo(blocks);
        boolean head = architecture.head(blocks) != null;
        List<String> inputs = graph.dataInputs();
        return of(config, architecture, dtype, tensors, head, inputs);
    }

    private static ModelInfo of(
            ConfigFile config,
            Architecture architecture,
            DType dtype,
            TensorList tensors,
            boolean head,
            List<String> inputs)
            throws ModelException {
        var byPart = tensors.elementsByPart();
        return architecture
                .sizes()
                .info(
                        config.text("model_type", null),
                        dtype,
                        byPart.values().stream().mapToLong(Long::longValue).sum(),
                        tensors.tied(),
                        byPart,
                        head,
                        inputs);
    }
}
