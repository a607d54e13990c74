package io.pocketllm.app.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Measures the window. Arguments: {@code charts [MINUTES]} or {@code runs [FOLDERS [STEPS]]}.
 *
 * <p>{@code ./mvnw -q -Pbench-window -pl app -am -DskipTests verify -Dbench.window="charts 10"}
 */
public final class WindowBenchmark {

    private static final String USAGE = "charts [MINUTES, 2 or more] | runs [FOLDERS [STEPS]]";

    private WindowBenchmark() {}

    /** Measures in a temporary home that is removed afterwards. */
    public static void main(String[] args) throws Exception {
        Path home = Files.createTempDirectory("window-bench");
        try {
            measure(List.of(String.join(" ", args).strip().split(" +")), home);
        } finally {
            deleteTree(home);
        }
        // JavaFX leaves threads that are no daemons.
        System.exit(0);
    }

    private static void measure(List<String> words, Path home) throws Exception {
        switch (words.getFirst()) {
            case "charts" ->
                    ChartsBenchmark.run(home, Math.max(2, number(words, 1, 10)), System.out);
            case "runs" ->
                    RunsBenchmark.run(
                            home, number(words, 1, 500), number(words, 2, 10_000), System.out);
            default -> throw new IllegalArgumentException(words + ": expected " + USAGE);
        }
    }

    private static int number(List<String> words, int index, int fallback) {
        if (words.size() <= index) {
            return fallback;
        }
        try {
            return Math.clamp(Long.parseLong(words.get(index)), 1, 1_000_000);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(words + ": expected " + USAGE, e);
        }
    }

    private static void deleteTree(Path root) throws IOException {
        List<Path> deepestFirst;
        try (Stream<Path> tree = Files.walk(root)) {
            deepestFirst = tree.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : deepestFirst) {
            Files.delete(path);
        }
    }
}
