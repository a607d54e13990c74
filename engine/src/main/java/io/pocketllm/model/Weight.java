package io.pocketllm.model;

import static io.pocketllm.onnx.OnnxGraph.TO_FLOAT;
import static io.pocketllm.onnx.OnnxGraph.attribute;

import io.pocketllm.model.base.QuantisedMatrix;
import io.pocketllm.onnx.OnnxGraph;
import io.pocketllm.tensor.DType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A weight as a graph knows it.
 *
 * @param name published name, as the checkpoint spells it
 * @param dtype how the caller will feed it, where it is not quantised
 * @param shape sizes of its dimensions
 * @param quantised how it is read where it is a quantised constant
 * @param scalesAreTrained whether the caller will feed the scales of a quantised one
 */
public record Weight(
        String name,
        DType dtype,
        long[] shape,
        Optional<QuantisedMatrix> quantised,
        boolean scalesAreTrained) {

    /** Copies the shape, so that nobody can change it afterwards. */
    public Weight {
        shape = shape.clone();
    }

    /** A weight that the caller will feed. */
    public Weight(String name, DType dtype, long[] shape) {
        this(name, dtype, shape, Optional.empty(), false);
    }

    /**
     * The weight {@code name} of a graph.
     *
     * @param stored how the checkpoint stores it
     */
    public static Weight of(String name, DType stored, long[] shape, GraphOptions options) {
        if (options.fedAsFp32().test(name)) {
            return new Weight(name, DType.F32, shape);
        }
        return options.base()
                .map(
                        base ->
                                new Weight(
                                        name,
                                        base.dtype(name, stored),
                                        shape,
                                        base.quantised(name),
                                        options.trainedScales().test(name)))
                .orElseGet(() -> new Weight(name, stored, shape));
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

    /**
     * Adds a linear layer with this weight.
     *
     * @param input value of shape (rows, in)
     * @param outputsFirst whether the weight has shape (out, in) rather than (in, out)
     * @param bias value of shape (out), or null
     * @return {@code output}, of shape (rows, out)
     */
    public String addLinear(
            OnnxGraph graph, String output, String input, boolean outputsFirst, String bias) {
        if (quantised.isPresent()) {
            return quantised.get().linear(graph, output, input, bias, scalesAreTrained);
        }
        List<String> inputs = new ArrayList<>(List.of(input, addTo(graph)));
        if (bias != null) {
            inputs.add(bias);
        }
        return graph.add("Gemm", output, inputs, attribute("transB", outputsFirst ? 1L : 0L));
    }

    /**
     * Adds the look-up of rows, or of numbers where it has one dimension. Only they are widened to
     * fp32.
     *
     * @param ids int64 of any shape
     */
    public String addRows(OnnxGraph graph, String output, String ids) {
        if (quantised.isPresent()) {
            return quantised.get().rows(graph, output, ids);
        }
        String picked = graph.add("Gather", output, List.of(addStoredTo(graph), ids));
        return dtype == DType.F32
                ? picked
                : graph.add("Cast", picked + "/fp32", List.of(picked), TO_FLOAT);
    }
}
