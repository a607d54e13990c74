package io.pocketllm.model.architecture;

import io.pocketllm.model.GraphOptions;
import io.pocketllm.model.Weight;
import io.pocketllm.onnx.OnnxGraph;
import io.pocketllm.tensor.DType;
import io.pocketllm.tensor.SafetensorsStream.Entry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Notes which parameters an architecture asks for: what a checkpoint of it has to hold. */
final class TensorList implements Weights {

    private final DType dtype;
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private final Map<Part, Long> elements = new EnumMap<>(Part.class);
    private final Map<String, List<String>> tied = new LinkedHashMap<>();

    TensorList(DType dtype) {
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
        if (entries.putIfAbsent(name, new Entry(name, dtype, shape.clone())) == null) {
            elements.merge(part, Arrays.stream(shape).reduce(1, Math::multiplyExact), Long::sum);
        }
        return new Weight(name, dtype, shape);
    }

    @Override
    public boolean has(String name) {
        return true;
    }

    @Override
    public void tie(String stored, String alias) {
        // A tied tensor is stored once, under its first name.
        tied.computeIfAbsent(stored, n -> new ArrayList<>(List.of(n))).add(alias);
    }

    /** How many numbers each part has. */
    Map<String, Long> elementsByPart() {
        return Part.byLabel(elements);
    }

    /** Groups of names that are one tensor. */
    List<List<String>> tied() {
        return tied.values().stream().map(List::copyOf).toList();
    }
}
