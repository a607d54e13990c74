package io.pocketllm.model;

import io.pocketllm.data.Batch;
import io.pocketllm.forward.ForwardPass;
import io.pocketllm.forward.MiniLm;
import io.pocketllm.model.ModelInfo.Kind;
import io.pocketllm.model.architecture.RandomCheckpoint;
import io.pocketllm.onnx.OnnxGraph;
import io.pocketllm.tensor.DType;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * A program, not a test: {@code write FOLDER SHAPE DTYPE} makes a checkpoint; {@code run FOLDER
 * [BATCH TOKENS whole]} loads it, scores two label words at one position a text (or, with {@code
 * whole}, all words at the last position), and prints times and the process's peak resident set.
 */
final class MeasureForward {

    private MeasureForward() {}

    public static void main(String[] args) throws Exception {
        PrintStream out = System.out;
        long start = System.nanoTime();
        if (args[0].equals("write")) {
            long bytes =
                    RandomCheckpoint.write(Path.of(args[1]), args[2], DType.valueOf(args[3]), 1);
            out.printf(
                    "%s %s: %d bytes, %.1f s%n", args[2], args[3], bytes, Measuring.seconds(start));
            return;
        }
        MiniLm.prepare();
        int rows = args.length > 2 ? Integer.parseInt(args[2]) : 8;
        int tokens = args.length > 3 ? Integer.parseInt(args[3]) : 64;
        Path folder = Path.of(args[1]);
        try (LanguageModel model = LanguageModel.open(GoldenCase.files("m", folder))) {
            ForwardGraph forward = model.graph();
            OnnxGraph graph = forward.graph();
            String last = Measuring.lastToken(graph, forward.hiddenStates(), rows, tokens);
            VocabularyHead head = forward.vocabularyHead().orElseThrow();
            String logits =
                    args.length > 4
                            ? head.addTo(graph, last)
                            : head.addTo(graph, last, new long[] {11, 12});
            graph.setOutputs(List.of(logits));
            try (ForwardPass pass = new ForwardPass(graph, model.weights().values(), 2)) {
                double load = Measuring.seconds(start);
                Batch batch =
                        Measuring.batch(rows, tokens, model.info().kind() == Kind.ENCODER, 90);
                long first = System.nanoTime();
                float[] found = pass.run(batch, logits);
                double firstSeconds = Measuring.seconds(first);
                long peak = Measuring.kilobytes("VmHWM");
                long second = System.nanoTime();
                pass.run(batch, logits);
                double secondSeconds = Measuring.seconds(second);
                long bytes =
                        model.weights().values().stream()
                                .mapToLong(t -> t.memory().byteSize())
                                .sum();
                out.printf(
                        "%s%n weights %.0f MB, load %.2f s, first %.2f s, second %.2f s, peak"
                                + " after first %.0f MB (weights + %.0f), after second %.0f MB; %s%n",
                        model.describe(),
                        bytes / 1e6,
                        load,
                        firstSeconds,
                        secondSeconds,
                        peak * 1024 / 1e6,
                        (peak * 1024 - bytes) / 1e6,
                        Measuring.kilobytes("VmHWM") * 1024 / 1e6,
                        Arrays.toString(Arrays.copyOf(found, 2)));
            }
        }
    }
}
