package io.pocketllm.model.architecture;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pocketllm.model.ModelException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Sizes of published models by name, as in their config.json; and tiny ones of each kind. For
 * measuring speed and memory without the published weights.
 */
public final class ShapeCatalogue {

    private static final Map<String, String> SHAPES = new LinkedHashMap<>();

    static {
        bert("bert-base", "bert", 768, 12, 12, 3072, 30522, 512);
        bert("bert-tiny", "bert", 48, 2, 4, 112, 320, 64);
        bert("roberta-base", "roberta", 768, 12, 12, 3072, 50265, 514);
        bert("roberta-large", "roberta", 1024, 24, 16, 4096, 50265, 514);
        bert("roberta-tiny", "roberta", 48, 2, 4, 112, 320, 66);
        distilBert("distilbert", 768, 6, 12, 3072, 30522, 512);
        distilBert("distilbert-tiny", 48, 2, 4, 112, 320, 64);
        opt("opt-125m", 768, 12, 12, 3072, 50272, 2048);
        opt("opt-1.3b", 2048, 24, 32, 8192, 50272, 2048);
        opt("opt-tiny", 48, 2, 4, 112, 320, 64);
        gpt2("gpt2", 768, 12, 12, 50257, 1024);
        gpt2("gpt2-tiny", 48, 2, 4, 320, 64);
        llama("llama-160m", "llama", 768, 12, 12, 12, 3072, 32000, 2048, "");
        llama(
                "smollm-135m",
                "llama",
                576,
                30,
                9,
                3,
                1536,
                49152,
                2048,
                ", \"tie_word_embeddings\": true");
        llama("llama-tiny", "llama", 48, 2, 4, 2, 112, 320, 64, "");
        String shared = ", \"share_embedding\": true";
        llama("mobilellm-125m", "mobilellm", 576, 30, 9, 3, 1536, 32000, 2048, shared);
        String twice = shared + ", \"layer_sharing\": true";
        llama("mobilellm-ls-125m", "mobilellm", 576, 30, 9, 3, 1536, 32000, 2048, twice);
        llama("mobilellm-tiny", "mobilellm", 48, 2, 4, 2, 112, 320, 64, twice);
        String qwen = ", \"tie_word_embeddings\": true, \"rope_theta\": 1000000.0";
        llama("qwen2-0.5b", "qwen2", 896, 24, 14, 2, 4864, 151936, 131072, qwen);
        llama("qwen2-tiny", "qwen2", 48, 2, 4, 2, 112, 320, 64, qwen);
    }

    private ShapeCatalogue() {}

    private static void bert(
            String name,
            String type,
            int hidden,
            int layers,
            int heads,
            int inner,
            int vocabulary,
            int positions) {
        boolean roberta = type.equals("roberta");
        put(
                name,
                type,
                roberta ? "RobertaForMaskedLM" : "BertForMaskedLM",
                """
                "hidden_size": %d, "num_hidden_layers": %d, "num_attention_heads": %d,
                "intermediate_size": %d, "vocab_size": %d, "max_position_embeddings": %d,
                "type_vocab_size": %d, "layer_norm_eps": %s, "hidden_act": "gelu",
                "pad_token_id": %d
                """
                        .formatted(
                                hidden,
                                layers,
                                heads,
                                inner,
                                vocabulary,
                                positions,
                                roberta ? 1 : 2,
                                roberta ? "1e-5" : "1e-12",
                                roberta ? 1 : 0));
    }

    private static void distilBert(
            String name,
            int hidden,
            int layers,
            int heads,
            int inner,
            int vocabulary,
            int positions) {
        put(
                name,
                "distilbert",
                "DistilBertForMaskedLM",
                """
                "dim": %d, "n_layers": %d, "n_heads": %d, "hidden_dim": %d, "vocab_size": %d,
                "max_position_embeddings": %d, "activation": "gelu"
                """
                        .formatted(hidden, layers, heads, inner, vocabulary, positions));
    }

    private static void opt(
            String name,
            int hidden,
            int layers,
            int heads,
            int inner,
            int vocabulary,
            int positions) {
        put(
                name,
                "opt",
                "OPTForCausalLM",
                """
                "hidden_size": %d, "num_hidden_layers": %d, "num_attention_heads": %d,
                "ffn_dim": %d, "vocab_size": %d, "max_position_embeddings": %d,
                "do_layer_norm_before": true, "activation_function": "relu"
                """
                        .formatted(hidden, layers, heads, inner, vocabulary, positions));
    }

    private static void gpt2(
            String name, int hidden, int layers, int heads, int vocabulary, int positions) {
        put(
                name,
                "gpt2",
                "GPT2LMHeadModel",
                """
                "n_embd": %d, "n_layer": %d, "n_head": %d, "vocab_size": %d, "n_positions": %d,
                "activation_function": "gelu_new", "layer_norm_epsilon": 1e-5
                """
                        .formatted(hidden, layers, heads, vocabulary, positions));
    }

    private static void llama(
            String name,
            String type,
            int hidden,
            int layers,
            int heads,
            int keyValueHeads,
            int inner,
            int vocabulary,
            int positions,
            String more) {
        put(
                name,
                type,
                Map.of(
                                "llama", "LlamaForCausalLM",
                                "mobilellm", "MobileLLMForCausalLM",
                                "qwen2", "Qwen2ForCausalLM")
                        .get(type),
                """
                "hidden_size": %d, "num_hidden_layers": %d, "num_attention_heads": %d,
                "num_key_value_heads": %d, "intermediate_size": %d, "vocab_size": %d,
                "max_position_embeddings": %d, "hidden_act": "silu", "rms_norm_eps": 1e-6%s
                """
                        .formatted(
                                hidden,
                                layers,
                                heads,
                                keyValueHeads,
                                inner,
                                vocabulary,
                                positions,
                                more));
    }

    private static void put(String name, String type, String savedClass, String keys) {
        SHAPES.put(
                name,
                "{\"model_type\": \"%s\", \"architectures\": [\"%s\"], %s}"
                        .formatted(type, savedClass, keys));
    }

    /** All names. */
    public static List<String> names() {
        return List.copyOf(SHAPES.keySet());
    }

    /**
     * The configuration of a shape, a fresh copy.
     *
     * @throws ModelException where there is no such shape
     */
    public static ObjectNode config(String name) throws ModelException {
        String json = SHAPES.get(name);
        if (json == null) {
            throw new ModelException(
                    "there is no shape \"" + name + "\"",
                    "Known: " + String.join(", ", names()) + ".");
        }
        try {
            return (ObjectNode) new JsonMapper().readTree(json);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalStateException("the shape " + name + " is no JSON", e);
        }
    }
}
