package io.pocketllm.model;

import io.pocketllm.data.Batch;
import io.pocketllm.onnx.OnnxGraph;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** What the measuring programs of the tests share: what is asked of a model, and their gauges. */
final class Measuring {

    private Measuring() {}

    /** Rows of the last tokens, by a constant in place of an input. */
    static String lastToken(OnnxGraph graph, String hidden, int rows, int tokens) {
        long[] at = new long[rows];
        Arrays.setAll(at, i -> (i + 1L) * tokens - 1);
        String flat =
                graph.add("Flatten", "test/flat", List.of(hidden), OnnxGraph.attribute("axis", 2L));
        return graph.add("Gather", "test/last", List.of(flat, graph.longConstants("test/at", at)));
    }

    /**
     * Texts without padding.
     *
     * @param words how many different ones are looked up
     */
    static Batch batch(int rows, int tokens, boolean encoder, int words) {
        long[] ids = new long[rows * tokens];
        Arrays.setAll(ids, i -> 5 + (i * 7919L + (encoder ? 1 : 0)) % words);
        long[] mask = new long[ids.length];
        Arrays.fill(mask, 1);
        return new Batch(ids, mask, new int[rows], new int[rows], rows, tokens);
    }

    static double seconds(long sinceNanos) {
        return (System.nanoTime() - sinceNanos) / 1e9;
    }

    /** A line of /proc/self/status, such as VmHWM. */
    static long kilobytes(String key) throws Exception {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith(key))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }
}
