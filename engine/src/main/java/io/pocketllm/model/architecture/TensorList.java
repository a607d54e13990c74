package io.pocketllm.model.architecture;

import io.pocketllm.model.GraphOptions;
import io.pocketllm.model.Weight;
import io.pocketllm.onnx.OnnxGraph;
import io.pocketllm.tensor.DType;
import io.pocketllm.tensor.SafetensorsStream.Entry;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Notes which parameters an architecture asks for: what a checkpoint of it has to hold. */
final class TensorList implements Weights {

    private final DType dtype;
    private final Map<String, Entry> entries = new LinkedHashMap<>();

    private TensorList(DType dtype) {
        this.dtype = dtype;
    }

    /** All parameters, vocabulary head included, in the order they are used. */
    static List<Entry> of(Architecture architecture, DType dtype) {
        TensorList list = new TensorList(dtype);
        Blocks blocks = new Blocks(new OnnxGraph(), list, GraphOptions.PLAIN);
        architecture.addTo(blocks);
        architecture.head(blocks);
        return List.copyOf(list.entries.values());
    }

    @Override
    public Weight get(Part part, String name, long... shape) {
        entries.putIfAbsent(name, new Entry(name, dtype, shape.clone()));
        return new Weight(name, dtype, shape);
    }

    @Override
    public boolean has(String name) {
        return true;
    }

    @Override
    public void tie(String stored, String alias) {
        // A tied tensor is stored once.
    }
}
