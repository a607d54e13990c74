package io.pocketllm.forward;

import io.pocketllm.data.DataException;
import io.pocketllm.data.Example;
import io.pocketllm.data.TextTokenizer;
import io.pocketllm.data.TokenizedSplit;
import io.pocketllm.model.BuiltinModel;
import io.pocketllm.model.LanguageModel;
import io.pocketllm.model.ModelException;
import io.pocketllm.model.ModelFiles;
import io.pocketllm.onnx.OnnxGraph;
import io.pocketllm.tensor.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/** The default model for tests: unpacked once into the build folder, opened once a JVM. */
public final class MiniLm {

    /** Where the model and the native libraries of the tests are unpacked to. */
    public static final Path CACHE = Path.of("target/test-cache");

    /** From three tokens to many, so that a batch of them has padding. */
    public static final List<String> TEXTS =
            List.of(
                    "Can you cover my shift on Friday?",
                    "No.",
                    "The bakery around the corner sells rye bread at half its price after six"
                            + " in the evening, and on Saturdays there is cake as well.",
                    "Ça coûte 5 € — d'accord?",
                    "Meeting moved to 3 pm.");

    private static LanguageModel model;

    private MiniLm() {}

    /** Readies the native libraries; to be called before either is touched. */
    public static void prepare() {
        try {
            NativeLibraries.prepare(CACHE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static ModelFiles files() {
        prepare();
        try {
            return BuiltinModel.unpack(CACHE);
        } catch (ModelException e) {
            throw new AssertionError(e.getMessage() + " " + e.hint(), e);
        }
    }

    /** Never closed: every test class reads it. */
    public static synchronized LanguageModel model() {
        if (model == null) {
            try {
                model = LanguageModel.open(files());
            } catch (ModelException e) {
                throw new AssertionError(e.getMessage() + " " + e.hint(), e);
            }
        }
        return model;
    }

    public static TextTokenizer tokenizer(int maxTokens) {
        try {
            return TextTokenizer.open(files().tokenizer(), maxTokens);
        } catch (DataException e) {
            throw new AssertionError(e.getMessage() + " " + e.hint(), e);
        }
    }

    /** These texts as a split; labels run 0, 1, 2, 0, 1, … */
    public static TokenizedSplit split(List<String> texts) {
        List<Example> examples =
                IntStream.range(0, texts.size())
                        .mapToObj(i -> new Example(texts.get(i), i % 3))
                        .toList();
        try (TextTokenizer tokenizer = tokenizer(64)) {
            return new TokenizedSplit(examples, tokenizer);
        }
    }

    /** The model's graph with its weights as inputs. */
    public static OnnxGraph graph() {
        return model().graph();
    }

    /** A pass over this graph with the model's own weights and these. */
    public static ForwardPass pass(OnnxGraph graph, Iterable<Tensor> more) {
        List<Tensor> weights = new java.util.ArrayList<>(model().weights().values());
        more.forEach(weights::add);
        return new ForwardPass(graph, weights, 2);
    }

    /** The largest difference between two arrays of the same length. */
    public static double largestDifference(float[] a, float[] b) {
        if (a.length != b.length) {
            throw new AssertionError(a.length + " and " + b.length + " numbers");
        }
        double largest = 0;
        for (int i = 0; i < a.length; i++) {
            double difference = Math.abs((double) a[i] - b[i]);
            // NaN compares false and must not slip through.
            largest = difference <= largest ? largest : difference;
        }
        return largest;
    }
}
