package io.pocketllm.model.architecture;

import io.pocketllm.model.ModelException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The architectures this program knows, by {@code model_type}. */
final class Architectures {

    /** From a configuration to its architecture. */
    @FunctionalInterface
    private interface Reader {
        Architecture read(ConfigFile config) throws ModelException;
    }

    private static final Map<String, Reader> READERS =
            new TreeMap<>(
                    Map.of(
                            "bert", Bert::new,
                            "distilbert", DistilBert::new,
                            "gpt2", Gpt2::new,
                            "llama", Llama::llama,
                            "mobilellm", Llama::mobileLlm,
                            "opt", Opt::new,
                            "qwen2", Llama::qwen2,
                            "roberta", Roberta::new));

    private Architectures() {}

    /**
     * The architecture a configuration describes.
     *
     * @throws ModelException where it is not known, or a key is missing or has an impossible value
     */
    static Architecture of(ConfigFile config) throws ModelException {
        String type = config.text("model_type", null);
        Reader reader = READERS.get(type);
        if (reader == null) {
            throw config.unknown("model_type", type, List.copyOf(READERS.keySet()));
        }
        return reader.read(config);
    }
}
