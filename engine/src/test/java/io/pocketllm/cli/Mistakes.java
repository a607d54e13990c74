package io.pocketllm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What a person can get wrong at the command line, and what the answer has to say. */
final class Mistakes {

    private Mistakes() {}

    /** Puts the mistake into a folder with a good {@code run.json} and a good {@code data}. */
    @FunctionalInterface
    interface Mistake {
        void make(Path folder) throws IOException;
    }

    /**
     * @param options after {@code train run.json}; a first one without dashes stands for run.json
     * @param says all of it has to be on the screen. "@" stands for the folder, in options too
     */
    record Row(String name, Mistake mistake, List<String> options, List<String> says) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Row row(String name, Mistake mistake, String options, String... says) {
        return new Row(
                name,
                mistake,
                options.isEmpty() ? List.of() : List.of(options.split(" ")),
                List.of(says));
    }

    static Stream<Row> all() {
        Mistake none = folder -> {};
        return Stream.of(
                row(
                        "missing run file",
                        none,
                        "nun.json",
                        "@/nun.json",
                        "no such file",
                        "sample:inbox-nurse"),
                row(
                        "misspelt sample",
                        none,
                        "sample:inbox-nurs",
                        "sample:inbox-nurs",
                        "Did you mean",
                        "inbox-nurse"),
                row(
                        "run file is a folder",
                        none,
                        "data",
                        "@/data",
                        "is a folder",
                        "run.json inside it"),
                row(
                        "resume with other steps",
                        none,
                        "data --resume --steps 5",
                        "goes on with the run as it is",
                        "Leave out"),
                row(
                        "resume of a folder that is no run",
                        none,
                        "data --resume",
                        "@/data",
                        "no run.json in it"),
                row(
                        "choices that do not go together",
                        none,
                        "--set method.space=full --set method.direction=activation-subspace",
                        "@/run.json: method.direction",
                        "gaussian"),
                row(
                        "momentum without its direction",
                        none,
                        "--set method.space=lora-b --set method.update=low-rank-momentum",
                        "@/run.json: method.update",
                        "low-rank"),
                row(
                        "run file with a typo",
                        f -> edit(f.resolve("run.json"), "learningRate", "learninRate"),
                        "",
                        "@/run.json",
                        "method.learningRate",
                        "is missing",
                        "Add it"),
                row(
                        "run file with a key too many",
                        f -> edit(f.resolve("run.json"), "\"seed\"", "\"stepz\": 1, \"seed\""),
                        "",
                        "@/run.json",
                        "stepz",
                        "Allowed here: version"),
                row(
                        "run file that is not JSON",
                        f -> edit(f.resolve("run.json"), "\"seed\":", "\"seed\""),
                        "",
                        "@/run.json",
                        "is not valid JSON at line 17",
                        "Mend that place"),
                row(
                        "missing model",
                        none,
                        "--set model.path=mini.onnx",
                        "@/run.json: model.path",
                        "@/mini.onnx",
                        "no such model file",
                        "builtin:all-MiniLM-L6-v2"),
                row(
                        "corrupt model",
                        f -> {
                            Files.write(f.resolve("mini.onnx"), new byte[] {8, 7, 99, 1, 2, 3});
                            Files.writeString(f.resolve("tokenizer.json"), "{}");
                        },
                        "--set model.path=mini.onnx",
                        "@/run.json: model.path",
                        "@/mini.onnx"),
                row(
                        "model without a tokenizer",
                        f -> Files.write(f.resolve("mini.onnx"), new byte[9]),
                        "--set model.path=mini.onnx",
                        "@/mini.onnx",
                        "tokenizer.json",
                        "Put the model's"),
                row(
                        "unknown label",
                        f ->
                                edit(
                                        f.resolve("data/train.tsv"),
                                        "bicycle?\treply now",
                                        "bicycle?\treply nwo"),
                        "",
                        "@/run.json: data.path",
                        "@/data/train.tsv",
                        "line 4",
                        "reply nwo",
                        "reply now, read later, ignore"),
                row(
                        "empty data file",
                        f -> Files.write(f.resolve("data/validation.tsv"), new byte[0]),
                        "",
                        "@/data/validation.tsv",
                        "no examples",
                        "header line"),
                row(
                        "missing data file",
                        f -> Files.delete(f.resolve("data/validation.tsv")),
                        "",
                        "@/data/validation.tsv",
                        "no such file",
                        "needs train.tsv, validation.tsv"),
                row(
                        "missing data folder",
                        none,
                        "--set data.path=dada",
                        "data.path",
                        "@/dada",
                        "no such data folder"),
                row(
                        "line of ten megabytes",
                        f ->
                                edit(
                                        f.resolve("data/train.tsv"),
                                        "Half price",
                                        "x".repeat(10_000_000)),
                        "",
                        "@/data/train.tsv",
                        "line 10",
                        "longer than 64 KiB",
                        "line feed"),
                row(
                        "unknown device",
                        none,
                        "--device redmi-12d --out @/new/out",
                        "device.profile",
                        "redmi-12d",
                        "Did you mean \"redmi-12c\""),
                row(
                        "missing device file",
                        none,
                        "--device phones/mine.json",
                        "device.profile",
                        "@/phones/mine.json",
                        "does not exist"),
                row(
                        "--set without a value",
                        none,
                        "--set training.steps",
                        "--set training.steps",
                        "key=value"),
                row(
                        "--set of nothing",
                        none,
                        "--set .=1",
                        "@/run.json",
                        "is not a key",
                        "Allowed here"),
                row(
                        "--set of an unknown key",
                        none,
                        "--set training.step=1",
                        "training.step",
                        "Did you mean \"steps\""),
                row(
                        "--set out of range",
                        none,
                        "--set training.batchSize=0",
                        "training.batchSize",
                        "is 0",
                        "from 1 to 4096"),
                row(
                        "--steps that is no number",
                        none,
                        "--steps many",
                        "training.steps",
                        "many",
                        "whole number"),
                row("unknown option", none, "--stepz 5", "--stepz", "--steps", "--help"),
                row(
                        "--out that is not empty",
                        f ->
                                Files.writeString(
                                        Files.createDirectory(f.resolve("out")).resolve("diary"),
                                        "kept"),
                        "--out @/out",
                        "@/out",
                        "is not empty",
                        "new folder"),
                row(
                        "--out that is a file",
                        none,
                        "--out @/run.json",
                        "@/run.json",
                        "is a file",
                        "new folder"));
    }

    private static void edit(Path file, String old, String replacement) throws IOException {
        String text = Files.readString(file);
        assertThat(text).contains(old);
        Files.writeString(file, text.replace(old, replacement));
    }
}
