package io.pocketllm.run;

import io.pocketllm.model.ModelException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What to take away from which model.
 *
 * @param model a Hugging Face folder
 * @param out the folder to write, which must not be there
 * @param magnitude share of each linear layer's weights that become zero; 0 for none
 * @param heads attention heads that go
 * @param layers layers that go
 * @param data files of texts to measure on, or {@code builtin:} ones; empty for the hidden states
 *     of built-in texts
 * @param descriptions for labels of the data, the text that stands for each; a label without one
 *     stands for itself
 * @param examples most texts that are measured on
 */
public record PruningRequest(
        String model,
        Path out,
        double magnitude,
        int heads,
        int layers,
        List<String> data,
        Map<String, String> descriptions,
        int examples) {

    /** Texts that are measured on where nothing else is said. */
    public static final int USUAL_EXAMPLES = 64;

    private static final int MAX_EXAMPLES = 100_000;

    /** Copies the collections. */
    public PruningRequest {
        data = List.copyOf(data);
        descriptions = Map.copyOf(descriptions);
    }

    /**
     * Looks at the numbers, before any file is.
     *
     * @throws ModelException naming the one that cannot be
     */
    void requirePossible() throws ModelException {
        if (!(magnitude >= 0 && magnitude < 1)) {
            throw refused("magnitude", magnitude, "a share from 0 to below 1, such as 0.5");
        }
        if (heads < 0) {
            throw refused("heads", heads, "a number of attention heads, 0 or more");
        }
        if (layers < 0) {
            throw refused("layers", layers, "a number of layers, 0 or more");
        }
        if (examples < 1 || examples > MAX_EXAMPLES) {
            throw refused("examples", examples, "1 to " + MAX_EXAMPLES);
        }
        if (magnitude == 0 && heads == 0 && layers == 0) {
            throw new ModelException(
                    "nothing is to be taken away",
                    "Give magnitude, heads or layers; several go together.");
        }
    }

    private static ModelException refused(String name, Object found, String allowed) {
        return new ModelException(name + " is " + found, "Expected: " + allowed + ".");
    }
}
