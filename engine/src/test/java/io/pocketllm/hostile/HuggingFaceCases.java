package io.pocketllm.hostile;

import static io.pocketllm.hostile.Opener.HUGGING_FACE;
import static io.pocketllm.hostile.Opener.RUN;

import io.pocketllm.model.GoldenCase;
import io.pocketllm.run.SmallInbox;
import io.pocketllm.tensor.DType;
import io.pocketllm.tensor.SafetensorsFile;
import io.pocketllm.tensor.SafetensorsWriter;
import io.pocketllm.tensor.Tensor;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/** Damaged and hostile Hugging Face folders: good ones with one thing changed. */
final class HuggingFaceCases {

    private static final String OPT = "opt-tiny";
    private static final String LLAMA = "llama3-tiny";

    private static final String TINY_TOKENIZER =
            """
            {"version": "1.0", "truncation": null, "padding": null, "added_tokens": [],
             "normalizer": null, "pre_tokenizer": {"type": "Whitespace"}, "post_processor": null,
             "decoder": null,
             "model": {"type": "WordLevel", "unk_token": "?", "vocab": {"?": 0, "the": %d}}}
            """;

    private HuggingFaceCases() {}

    static Stream<HostileCase> all() {
        return Stream.of(documents(), values(), prunedHeads(), weights(), tokenizers())
                .flatMap(cases -> cases);
    }

    /** A whole folder of a golden model. */
    private static Path golden(Path folder, String name) throws Exception {
        for (String file : List.of("config.json", "model.safetensors")) {
            Files.write(
                    folder.resolve(file),
                    Files.readAllBytes(GoldenCase.FOLDER.resolve(name).resolve(file)));
        }
        Files.writeString(folder.resolve("tokenizer.json"), TINY_TOKENIZER.formatted(100));
        return folder;
    }

    private static HostileCase config(String name, String config, String problem) {
        return new HostileCase(
                name,
                HUGGING_FACE,
                folder -> {
                    golden(folder, OPT);
                    Files.writeString(folder.resolve("config.json"), config);
                    return folder;
                },
                problem);
    }

    private static Stream<HostileCase> documents() {
        return Stream.of(
                config("empty config", "", "config.json: holds no JSON object"),
                config("config of zeros", "\0".repeat(1000), "config.json: is not valid JSON"),
                config("config of text", "<html>404</html>", "config.json: is not valid JSON"),
                config("a list as config", "[{}]", "config.json: holds no JSON object"),
                config("a text as config", "\"opt\"", "config.json: holds no JSON object"),
                config("config cut off", "{\"model_type\": \"opt\"", "is not valid JSON"),
                config("more behind the config", "{} {}", "is not valid JSON"),
                config("no key at all", "{}", "model_type is missing"),
                config("nested 100,000 deep", "{\"a\":" + "[".repeat(100_000), "depth"),
                config("a key twice", "{\"a\": 1, \"a\": 1}", "Duplicate field"),
                config("a number of 1000 digits", "{\"a\":" + "9".repeat(1000) + "}", "1000"),
                config(
                        "a name of a megabyte",
                        "{\"model_type\": \"" + "x".repeat(1_000_000) + "\"}",
                        "model_type is \"xxx"),
                new HostileCase(
                        "config of 1 GB",
                        HUGGING_FACE,
                        folder -> {
                            golden(folder, OPT);
                            Bytes.sparse(folder.resolve("config.json"), 1L << 30);
                            return folder;
                        },
                        "config.json: is larger than 1 MiB"),
                new HostileCase(
                        "a name with control characters",
                        HUGGING_FACE,
                        folder -> {
                            golden(folder, OPT);
                            Files.writeString(
                                    folder.resolve("config.json"),
                                    "{\"model_type\": \"opt\\u001b[31m\\u0000\"}");
                            return folder;
                        },
                        "model_type is \"opt"));
    }

    /** Replaces one text of a golden config.json. */
    private static HostileCase value(
            String model, String name, String from, String to, String problem) {
        return new HostileCase(
                name,
                HUGGING_FACE,
                folder -> {
                    golden(folder, model);
                    Path file = folder.resolve("config.json");
                    String config = Files.readString(file);
                    if (!config.contains(from)) {
                        throw new AssertionError(model + " has no " + from);
                    }
                    Files.writeString(file, config.replace(from, to));
                    return folder;
                },
                problem);
    }

    private static HostileCase layers(String name, String value, String problem) {
        return value(
                OPT, name, "\"num_hidden_layers\": 3", "\"num_hidden_layers\": " + value, problem);
    }

    private static Stream<HostileCase> values() {
        String theta = "\"rope_theta\": 500.0";
        String epsilon = "\"rms_norm_eps\": 0.001";
        String head = "\"head_dim\": 16";
        return Stream.of(
                layers("no layers", "0", "num_hidden_layers is 0"),
                layers("fewer than no layers", "-3", "num_hidden_layers is -3"),
                layers("half a layer", "2.5", "num_hidden_layers is 2.5"),
                layers("10^9 layers", "1000000000", "num_hidden_layers is 1000000000"),
                layers("2^64 layers", "18446744073709551616", "is 18446744073709551616"),
                layers("1e999 layers", "1e999", "num_hidden_layers is"),
                layers("layers in quotes", "\"3\"", "num_hidden_layers is \"3\""),
                layers("a list of layers", "[3]", "num_hidden_layers is [3]"),
                layers("layers without a value", "null", "num_hidden_layers is missing"),
                layers("NaN layers", "NaN", "is not valid JSON"),
                layers("one layer too many", "4", "layers.3."),
                value(OPT, "no hidden size", "\"hidden_size\": 32,", "", "hidden_size is missing"),
                value(
                        OPT,
                        "heads that do not divide the hidden size",
                        "\"num_attention_heads\": 4",
                        "\"num_attention_heads\": 5",
                        "num_attention_heads is 5, which does not divide hidden_size 32"),
                value(
                        OPT,
                        "a vocabulary of 2^31 - 1",
                        "\"vocab_size\": 144",
                        "\"vocab_size\": 2147483647",
                        "vocab_size is 2147483647"),
                value(
                        OPT,
                        "a context of -1",
                        "\"max_position_embeddings\": 40",
                        "\"max_position_embeddings\": -1",
                        "max_position_embeddings is -1"),
                value(OPT, "an unknown model", "\"opt\"", "\"mamba\"", "model_type is \"mamba\""),
                value(OPT, "a number as model", "\"opt\"", "7", "model_type is 7"),
                value(OPT, "an unknown activation", "\"relu\"", "\"snake\"", "is \"snake\""),
                value(
                        OPT,
                        "a flag in words",
                        "\"do_layer_norm_before\": true",
                        "\"do_layer_norm_before\": \"yes\"",
                        "do_layer_norm_before is \"yes\""),
                value(
                        LLAMA,
                        "key heads that do not divide the heads",
                        "\"num_key_value_heads\": 2",
                        "\"num_key_value_heads\": 3",
                        "num_key_value_heads is 3, which does not divide num_attention_heads 4"),
                value(LLAMA, "heads of odd size", head, "\"head_dim\": 15", "head_dim is 15"),
                value(LLAMA, "heads of 2^30", head, "\"head_dim\": 1073741824", "head_dim is"),
                value(LLAMA, "an angle of NaN", theta, "\"rope_theta\": NaN", "not valid JSON"),
                value(LLAMA, "an angle of 0", theta, "\"rope_theta\": 0", "rope_theta is 0"),
                value(
                        LLAMA,
                        "an infinite angle",
                        theta,
                        "\"rope_theta\": Infinity",
                        "is not valid JSON"),
                value(LLAMA, "an angle of 1e999", theta, "\"rope_theta\": 1e999", "rope_theta is"),
                value(
                        LLAMA,
                        "an epsilon below 0",
                        epsilon,
                        "\"rms_norm_eps\": -1",
                        "rms_norm_eps is -1"),
                value(
                        LLAMA,
                        "an unknown scaling of angles",
                        "\"rope_type\": \"llama3\"",
                        "\"rope_type\": \"yarn\"",
                        "\"yarn\""),
                value(
                        LLAMA,
                        "a list as scaling of angles",
                        "\"rope_scaling\": {",
                        "\"rope_scaling\": [1], \"unused\": {",
                        "rope_scaling is [1]"));
    }

    private static HostileCase pruned(String model, String name, String heads, String problem) {
        return value(
                model,
                "pruned heads: " + name,
                "\"model_type\": ",
                "\"pruned_heads\": " + heads + ", \"model_type\": ",
                problem);
    }

    private static Stream<HostileCase> prunedHeads() {
        String allowed = "pruned_heads.0 is ";
        return Stream.of(
                pruned(OPT, "a list", "[[0]]", "pruned_heads is [[0]]"),
                pruned(OPT, "a number", "3", "pruned_heads is 3"),
                pruned(OPT, "a text", "\"0\"", "pruned_heads is \"0\""),
                pruned(OPT, "a layer below 0", "{\"-1\": [0]}", "has the key \"-1\""),
                pruned(OPT, "a layer too many", "{\"3\": [0]}", "has the key \"3\""),
                pruned(OPT, "a layer of 2^64", "{\"18446744073709551616\": [0]}", "has the key"),
                pruned(OPT, "half a layer", "{\"0.5\": [0]}", "has the key \"0.5\""),
                pruned(OPT, "a layer spelt twice", "{\"1\": [0], \"01\": [1]}", "\"01\""),
                pruned(OPT, "a layer twice", "{\"1\": [0], \"1\": [1]}", "Duplicate field"),
                pruned(OPT, "no name", "{\"\": [0]}", "has the key \"\""),
                pruned(OPT, "a head below 0", "{\"0\": [-1]}", allowed + "[-1]"),
                pruned(OPT, "a head too many", "{\"0\": [4]}", allowed + "[4]"),
                pruned(OPT, "a head of 2^31", "{\"0\": [2147483648]}", allowed),
                pruned(OPT, "half a head", "{\"0\": [0.5]}", allowed + "[0.5]"),
                pruned(OPT, "a head in quotes", "{\"0\": [\"1\"]}", allowed + "[\"1\"]"),
                pruned(OPT, "a head without a list", "{\"0\": 1}", allowed + "1"),
                pruned(OPT, "no list", "{\"0\": null}", allowed + "null"),
                pruned(OPT, "lists in lists", "{\"0\": [[1]]}", allowed + "[[1]]"),
                pruned(OPT, "a head twice", "{\"0\": [1, 1]}", "names the head 1 twice"),
                pruned(
                        OPT,
                        "all heads",
                        "{\"0\": [0, 1, 2, 3]}",
                        "pruned_heads.0 leaves the layer no head"),
                pruned(
                        OPT,
                        "more heads than there are",
                        "{\"0\": [0, 1, 2, 3, 0]}",
                        allowed + "[0,1,2,3,0]"),
                pruned(
                        OPT,
                        "heads that the weights still have",
                        "{\"1\": [0]}",
                        "layers.1.self_attn.q_proj.weight has shape [32, 32]; expected shape [24,"),
                pruned(LLAMA, "of shared keys", "{\"0\": [1]}", "pruned_heads is {\"0\":[1]}"));
    }

    /** Rewrites the weights of a golden model. */
    private static HostileCase weights(
            String name, Function<Tensor, Stream<Tensor>> change, String problem) {
        return new HostileCase(
                name,
                HUGGING_FACE,
                folder -> {
                    golden(folder, OPT);
                    Path source = GoldenCase.FOLDER.resolve(OPT).resolve("model.safetensors");
                    try (SafetensorsFile file = SafetensorsFile.open(source)) {
                        SafetensorsWriter.write(
                                folder.resolve("model.safetensors"),
                                file.tensors().values().stream().flatMap(change).toList(),
                                Map.of());
                    }
                    return folder;
                },
                problem);
    }

    private static Stream<Tensor> reshaped(Tensor tensor, DType dtype, long... shape) {
        return Stream.of(new Tensor(tensor.name(), dtype, shape, tensor.memory()));
    }

    private static boolean isOne(Tensor tensor) {
        return tensor.name().equals("model.decoder.layers.1.fc1.weight");
    }

    private static Stream<HostileCase> weights() {
        String one = "the tensor model.decoder.layers.1.fc1.weight ";
        return Stream.of(
                weights("no tensors", t -> Stream.of(), "is missing; expected"),
                weights(
                        "a tensor missing",
                        t -> isOne(t) ? Stream.of() : Stream.of(t),
                        one + "is missing; expected a tensor of shape [96, 32]"),
                weights(
                        "a matrix on its side",
                        t -> isOne(t) ? reshaped(t, t.dtype(), 32, 96) : Stream.of(t),
                        one + "has shape [32, 96]; expected shape [96, 32]"),
                weights(
                        "a matrix as a vector",
                        t -> isOne(t) ? reshaped(t, t.dtype(), 96 * 32) : Stream.of(t),
                        one + "has shape [3072]; expected shape [96, 32]"),
                weights(
                        "whole numbers as weights",
                        t -> isOne(t) ? reshaped(t, DType.I16, 96, 32) : Stream.of(t),
                        one + "holds I16 numbers; expected F32, F16 or BF16"),
                weights(
                        "I64 under a weight's name",
                        t -> isOne(t) ? reshaped(t, DType.I64, 96, 8) : Stream.of(t),
                        one + "has shape [96, 8]"),
                new HostileCase(
                        "weights of text",
                        HUGGING_FACE,
                        folder -> {
                            golden(folder, OPT);
                            Files.writeString(
                                    folder.resolve("model.safetensors"), "version https://git-lfs");
                            return folder;
                        },
                        "model.safetensors"));
    }

    /** What a run says of its model's tokenizer. */
    private static HostileCase tokenizer(String name, HostileCase.Files files, String problem) {
        return new HostileCase(
                name,
                RUN,
                folder -> {
                    Path model = Files.createDirectory(folder.resolve("model"));
                    golden(model, OPT);
                    files.writeInto(model);
                    SmallInbox.data(folder.resolve("data"));
                    return Files.writeString(
                            folder.resolve("run.json"),
                            SmallInbox.json("data", "head", 1)
                                    .replace("builtin:all-MiniLM-L6-v2", "model"));
                },
                problem);
    }

    private static HostileCase tokenizer(String name, String json, String problem) {
        return tokenizer(
                name, model -> Files.writeString(model.resolve("tokenizer.json"), json), problem);
    }

    private static Stream<HostileCase> tokenizers() {
        return Stream.of(
                tokenizer("no JSON as tokenizer", "tokens", "no usable tokenizer.json"),
                tokenizer("tokenizer of another model", "{}", "no usable tokenizer.json"),
                tokenizer(
                        "ids beyond the embedding",
                        TINY_TOKENIZER.formatted(144),
                        "has token ids up to 144, and the model has embeddings for 0 to 143"),
                tokenizer("ids below 0", TINY_TOKENIZER.formatted(-1), "no usable tokenizer.json"),
                tokenizer(
                        "an added id beyond the embedding",
                        TINY_TOKENIZER
                                .formatted(1)
                                .replace(
                                        "\"added_tokens\": []",
                                        "\"added_tokens\": [{\"id\": 5000, \"content\": \"<x>\","
                                                + "\"single_word\": false, \"lstrip\": false,"
                                                + "\"rstrip\": false, \"normalized\": false,"
                                                + "\"special\": true}]"),
                        "has token ids up to"),
                tokenizer(
                        "tokenizer of 1 GB",
                        model -> Bytes.sparse(model.resolve("tokenizer.json"), 1L << 30),
                        "is larger than 200 MiB"),
                tokenizer(
                        "settings beside it of 1 GB",
                        model -> Bytes.sparse(model.resolve("tokenizer_config.json"), 1L << 30),
                        "tokenizer_config.json is larger than"),
                tokenizer(
                        "settings beside it nested 100,000 deep",
                        model ->
                                Files.write(
                                        model.resolve("special_tokens_map.json"),
                                        ("{\"a\":" + "[".repeat(100_000))
                                                .getBytes(StandardCharsets.UTF_8)),
                        "depth"),
                tokenizer(
                        "no tokenizer",
                        model -> {
                            Files.delete(model.resolve("tokenizer.json"));
                            return model;
                        },
                        "has no tokenizer.json"));
    }
}
