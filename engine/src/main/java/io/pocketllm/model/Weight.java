package io.pocketllm.model;

import io.pocketllm.onnx.OnnxGraph;
import io.pocketllm.tensor.DType;

/**
 * A weight as a graph knows it.
 *
 * @param name published name, as the checkpoint spells it
 * @param dtype how the caller will feed it
 * @param shape sizes of its dimensions
 */
public record Weight(String name, DType dtype, long[] shape) {

    /** Copies the shape, so that nobody can change it afterwards. */
    public Weight {
        shape = shape.clone();
    }

    @Override
    public long[] shape() {
        return shape.clone();
    }

    /**
     * Makes it an input of the graph.
     *
     * @return the fp32 value to read
     */
    public String addTo(OnnxGraph graph) {
        return graph.addWeight(name, dtype, shape);
    }

    /** Makes it an input of the graph, to be read as it is stored. */
    public String addStoredTo(OnnxGraph graph) {
        graph.addWeightInput(name, dtype, shape);
        return name;
    }
}
