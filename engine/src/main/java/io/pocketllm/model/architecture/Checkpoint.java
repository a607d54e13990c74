package io.pocketllm.model.architecture;

import io.pocketllm.model.GraphOptions;
import io.pocketllm.model.ModelException;
import io.pocketllm.model.Weight;
import io.pocketllm.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The parameters of a checkpoint. Published files spell some names in older ways: without the
 * outermost module ({@code wte.weight} for {@code transformer.wte.weight}), or norms with {@code
 * gamma} and {@code beta}. Those are found too, and keep the name they have in the file.
 */
final class Checkpoint implements Weights {

    private final String source;
    private final Map<String, Tensor> tensors;
    private final String base;
    private final GraphOptions options;
    private final Map<String, Tensor> used = new LinkedHashMap<>();
    private final Map<Part, Long> elements = new EnumMap<>(Part.class);
    private final Map<String, List<String>> tied = new LinkedHashMap<>();

    /**
     * @param source the folder, for messages
     * @param base modules that a name may come without, such as {@code model.decoder.}
     */
    Checkpoint(String source, Map<String, Tensor> tensors, String base, GraphOptions options) {
        this.source = source;
        this.tensors = tensors;
        this.base = base;
        this.options = options;
    }

    @Override
    public Weight get(Part part, String name, long... shape) {
        Tensor tensor = find(name);
        String expected = "shape " + Arrays.toString(shape);
        if (tensor == null) {
            throw unusable(name + " is missing; expected a tensor of " + expected);
        }
        if (!Arrays.equals(tensor.shape(), shape)) {
            throw unusable(
                    tensor.name()
                            + " has shape "
                            + Arrays.toString(tensor.shape())
                            + "; expected "
                            + expected);
        }
        if (!tensor.dtype().isWeight()) {
            throw unusable(
                    tensor.name()
                            + " holds "
                            + tensor.dtype()
                            + " numbers; expected F32, F16 or BF16");
        }
        if (used.put(tensor.name(), tensor) == null) {
            elements.merge(part, tensor.elements(), Long::sum);
        }
        return Weight.of(tensor.name(), tensor.dtype(), shape, options);
    }

    @Override
    public boolean has(String name) {
        return find(name) != null;
    }

    @Override
    public void tie(String stored, String alias) {
        String name = find(stored).name();
        tied.computeIfAbsent(name, n -> new ArrayList<>(List.of(n))).add(alias);
    }

    private Tensor find(String name) {
        for (String spelling : spellings(name)) {
            Tensor tensor = tensors.get(spelling);
            if (tensor != null) {
                return tensor;
            }
        }
        return null;
    }

    private List<String> spellings(String name) {
        List<String> spellings = new ArrayList<>(List.of(name));
        if (name.startsWith(base)) {
            for (int dot = base.indexOf('.'); dot >= 0; dot = base.indexOf('.', dot + 1)) {
                spellings.add(name.substring(dot + 1));
            }
        }
        for (String spelling : List.copyOf(spellings)) {
            spellings.add(
                    spelling.replaceFirst("LayerNorm\\.weight$", "LayerNorm.gamma")
                            .replaceFirst("LayerNorm\\.bias$", "LayerNorm.beta"));
        }
        return spellings;
    }

    private UnusableCheckpoint unusable(String problem) {
        return new UnusableCheckpoint(
                new ModelException(
                        source + ": the tensor " + problem,
                        "config.json and the weights must be of one model; copy or download both"
                                + " again."));
    }

    /** The tensors that were asked for, in that order, each once. */
    Map<String, Tensor> used() {
        return used;
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
