package io.pocketllm.hostile;

import static io.pocketllm.hostile.Bytes.entry;
import static io.pocketllm.hostile.Bytes.safetensors;
import static io.pocketllm.hostile.Opener.CHECKPOINT;
import static io.pocketllm.hostile.Opener.SAFETENSORS;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Damaged and hostile checkpoints. */
final class SafetensorsCases {

    private static final String GOOD = entry("w", "F32", "[2]", "[0,8]");

    private SafetensorsCases() {}

    static Stream<HostileCase> all() {
        return Stream.concat(files(), indexes());
    }

    private static HostileCase file(String name, byte[] bytes, String problem) {
        return HostileCase.of(name, SAFETENSORS, "model.safetensors", bytes, problem);
    }

    private static HostileCase header(String name, String header, int data, String problem) {
        return file(name, safetensors(header, data), problem);
    }

    private static Stream<HostileCase> files() {
        byte[] braces = "{}".getBytes(StandardCharsets.UTF_8);
        return Stream.of(
                file("empty", new byte[0], "too short for a header"),
                file("seven bytes", new byte[7], "too short for a header"),
                file("header of 0 bytes", new byte[8], "no JSON object"),
                file(
                        "header of 2^63 bytes",
                        safetensors(1L << 63, braces, 0),
                        "9223372036854775808"),
                file("header of -1 bytes", safetensors(-1, braces, 0), "18446744073709551615"),
                file(
                        "header beyond the format's limit",
                        safetensors(100_000_001, braces, 0),
                        "at most"),
                file("header beyond the file", safetensors(99, braces, 0), "but only 2 follow"),
                HostileCase.sparse(
                        "a terabyte of zeros",
                        SAFETENSORS,
                        "w.safetensors",
                        1L << 40,
                        "no JSON object"),
                header("cut off", "{" + GOOD, 8, "not valid JSON"),
                header("no JSON", "weights", 8, "not valid JSON"),
                header("a list", "[1,2]", 8, "no JSON object"),
                header("more behind the object", "{" + GOOD + "}{}", 8, "more behind"),
                header("invalid UTF-8", "{\"\u0000\":{}}", 8, "not valid JSON"),
                header("a list for an entry", "{\"w\":" + "[".repeat(10_000), 8, "lacks its dtype"),
                header(
                        "nested 10,000 deep in an unknown key",
                        "{\"w\":{\"x\":" + "[".repeat(10_000),
                        8,
                        "depth"),
                header("a key twice", "{" + GOOD + "," + GOOD + "}", 8, "uplicate"),
                header("a number for an entry", "{\"w\":3}", 0, "lacks its dtype"),
                header(
                        "no shape",
                        "{\"w\":{\"dtype\":\"F32\",\"data_offsets\":[0,8]}}",
                        8,
                        "lacks"),
                header(
                        "one offset",
                        "{" + entry("w", "F32", "[2]", "[0]") + "}",
                        8,
                        "two data_offsets"),
                header(
                        "unknown dtype",
                        "{" + entry("w", "F8_E4M3", "[8]", "[0,8]") + "}",
                        8,
                        "F8_E4M3"),
                header(
                        "endless dtype",
                        "{" + entry("w", "x".repeat(100_000), "[8]", "[0,8]") + "}",
                        8,
                        "xxx"),
                header("negative size", "{" + entry("w", "F32", "[-2]", "[0,8]") + "}", 8, "-2"),
                header(
                        "size of a fraction",
                        "{" + entry("w", "F32", "[2.0]", "[0,8]") + "}",
                        8,
                        "2.0"),
                header(
                        "size of 2^64",
                        "{" + entry("w", "F32", "[18446744073709551616]", "[0,8]") + "}",
                        8,
                        "18446744073709551616"),
                header(
                        "size of a thousand digits",
                        "{" + entry("w", "F32", "[" + "9".repeat(1000) + "]", "[0,8]") + "}",
                        8,
                        "not valid JSON"),
                header(
                        "product beyond 64 bits",
                        "{" + entry("w", "F32", "[4294967296,4294967296]", "[0,8]") + "}",
                        8,
                        "disagree"),
                header(
                        "product that wraps round to 2",
                        "{" + entry("w", "F32", "[9223372036854775807,2,2]", "[0,8]") + "}",
                        8,
                        "disagree"),
                header(
                        "a thousand dimensions",
                        "{" + entry("w", "F32", "[" + "1,".repeat(999) + "2]", "[0,8]") + "}",
                        8,
                        "dimensions"),
                header(
                        "offsets reversed",
                        "{" + entry("w", "F32", "[2]", "[8,0]") + "}",
                        8,
                        "8 to 0"),
                header(
                        "offsets beyond the file",
                        "{" + entry("w", "F32", "[4]", "[0,16]") + "}",
                        8,
                        "0 to 16 of 8"),
                header(
                        "offsets near 2^63",
                        "{"
                                + entry(
                                        "w",
                                        "F32",
                                        "[2]",
                                        "[9223372036854775799,9223372036854775807]")
                                + "}",
                        8,
                        "of 8"),
                header(
                        "shape and bytes disagree",
                        "{" + entry("w", "F32", "[3]", "[0,8]") + "}",
                        8,
                        "needs 12 bytes"),
                header(
                        "overlap",
                        "{"
                                + entry("a", "F32", "[2]", "[0,8]")
                                + ","
                                + entry("b", "F32", "[2]", "[4,12]")
                                + "}",
                        12,
                        "overlap"),
                header(
                        "hole",
                        "{"
                                + entry("a", "F32", "[1]", "[0,4]")
                                + ","
                                + entry("b", "F32", "[1]", "[8,12]")
                                + "}",
                        12,
                        "hole"),
                header("bytes left over", "{" + GOOD + "}", 16, "8 bytes that belong to no tensor"),
                header(
                        "metadata of numbers",
                        "{\"__metadata__\":{\"a\":1}," + GOOD + "}",
                        8,
                        "more than text"),
                header(
                        "17 MB of metadata",
                        "{\"__metadata__\":{\"a\":\"" + "x".repeat(17 << 20) + "\"}}",
                        0,
                        "has"),
                header(
                        "more tensors than any model has",
                        manyTensors(200_001),
                        0,
                        "more than 200000 tensors"),
                header(
                        "a name of 100,000 letters",
                        "{" + entry("n".repeat(100_000), "F32", "[2]", "[0,8]") + "}",
                        8,
                        "not valid JSON"),
                header(
                        "control characters in a name",
                        "{" + entry("a\\u001b[2J", "F32", "[3]", "[0,8]") + "}",
                        8,
                        "a [2J"),
                new HostileCase("a folder", SAFETENSORS, folder -> folder, "is a folder"),
                new HostileCase(
                        "missing",
                        SAFETENSORS,
                        folder -> folder.resolve("no.safetensors"),
                        "no such file"));
    }

    private static String manyTensors(int count) {
        StringBuilder header = new StringBuilder("{");
        for (int i = 0; i < count; i++) {
            header.append(i == 0 ? "" : ",").append(entry("t" + i, "F32", "[0]", "[0,0]"));
        }
        return header.append("}").toString();
    }

    private static HostileCase index(String name, String json, String problem) {
        return new HostileCase(
                name,
                CHECKPOINT,
                folder -> {
                    Files.write(folder.resolve("a.safetensors"), safetensors("{" + GOOD + "}", 8));
                    Files.write(
                            folder.getParent().resolve("outside.safetensors"),
                            safetensors("{" + GOOD + "}", 8));
                    Files.writeString(folder.resolve("model.safetensors.index.json"), json);
                    return folder;
                },
                problem);
    }

    private static String map(String tensor, String shard) {
        return "{\"metadata\":{\"total_size\":8},\"weight_map\":{\""
                + tensor
                + "\":\""
                + shard
                + "\"}}";
    }

    private static Stream<HostileCase> indexes() {
        return Stream.of(
                index("no JSON", "shards", "not valid JSON"),
                index("a list", "[]", "no JSON object"),
                index("cut off", "{\"weight_map\":{\"w\":", "not valid JSON"),
                index("no weight_map", "{\"weights\":{}}", "lists no tensors"),
                index("nested 100,000 deep", "{\"x\":" + "[".repeat(100_000), "depth"),
                index(
                        "shard one folder up",
                        map("w", "../outside.safetensors"),
                        "\"../outside.safetensors\" as a file"),
                index(
                        "shard by absolute path",
                        map("w", "/etc/passwd"),
                        "\"/etc/passwd\" as a file"),
                index("shard by drive", map("w", "C:\\\\x"), "as a file"),
                index("shard is a number", "{\"weight_map\":{\"w\":3}}", "\"\" as a file"),
                index("shard is not there", map("w", "b.safetensors"), "no such file"),
                index("shard is no checkpoint", map("w", "model.safetensors.index.json"), "header"),
                index("tensor is not in its shard", map("v", "a.safetensors"), "does not hold v"),
                index(
                        "tensor twice",
                        "{\"weight_map\":{\"w\":\"a.safetensors\",\"w\":\"a.safetensors\"}}",
                        "uplicate"),
                new HostileCase(
                        "index of 100 MB",
                        CHECKPOINT,
                        folder -> {
                            Bytes.sparse(folder.resolve("model.safetensors.index.json"), 100 << 20);
                            return folder;
                        },
                        "larger than 64 MiB"),
                new HostileCase(
                        "nothing in the folder",
                        CHECKPOINT,
                        (Path folder) -> folder,
                        "holds neither"));
    }
}
