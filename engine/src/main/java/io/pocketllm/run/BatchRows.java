package io.pocketllm.run;

import io.pocketllm.data.DataException;
import io.pocketllm.data.Example;
import io.pocketllm.data.TextTokenizer;
import io.pocketllm.data.TokenizedSplit;
import io.pocketllm.forward.NativeLibraries;
import io.pocketllm.model.LanguageModel;
import io.pocketllm.plan.RowLength;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * How long the rows of a run's batches are, from its data and the model's tokenizer: the mean over
 * the first batches of the longest row in each, since the others are padded to it.
 */
public final class BatchRows {

    /** Of more examples, so many are looked at, evenly spread. */
    static final int MOST_EXAMPLES = 2048;

    private static final int MOST_BATCHES = 64;

    private BatchRows() {}

    /**
     * Reads the data and makes the batches of the first steps, those of the run itself where all
     * examples are looked at. Some tenths of a second; loads the tokenizer's library.
     *
     * @param cache folder the default model is unpacked to
     * @throws RunFileException where data or model cannot be used
     * @throws IOException where the cache cannot be written
     */
    public static RowLength mean(RunFile file, Path cache) throws RunFileException, IOException {
        NativeLibraries.prepare(cache);
        RunSpec spec = file.spec();
        List<Example> train = some(RunInputs.dataset(file).train());
        try (LanguageModel model = RunInputs.model(file, cache);
                TextTokenizer tokenizer =
                        TextTokenizer.open(model.tokenizer(), spec.data().maxTokens())) {
            TokenizedSplit split =
                    TokenizedSplit.encode(train, Splits.encoder(tokenizer, spec.objective()));
            IntFunction<int[]> examples = StepExamples.of(spec, split);
            double mean =
                    IntStream.rangeClosed(1, Math.min(MOST_BATCHES, spec.training().steps()))
                            .map(step -> length(spec, split, examples, step))
                            .average()
                            .orElseThrow();
            return new RowLength(mean, true);
        } catch (DataException e) {
            throw new RunFileException(file.source(), "model.path", e.getMessage(), e.hint());
        } catch (LinkageError e) {
            // A plan needs no tokenizer; a run says the same when it is started.
            throw new RunFileException(
                    file.source(),
                    "model.path",
                    "the tokenizer's library cannot be loaded here (" + e.getMessage() + ")",
                    "Use Linux, macOS or Windows on x86-64 or ARM64.");
        }
    }

    private static int length(
            RunSpec spec, TokenizedSplit split, IntFunction<int[]> examples, int step) {
        return StepExamples.batch(
                        split, examples.apply(step), spec.data().tokenDropout(), spec.seed(), step)
                .length();
    }

    private static List<Example> some(List<Example> all) {
        return all.size() <= MOST_EXAMPLES
                ? all
                : IntStream.range(0, MOST_EXAMPLES)
                        .mapToObj(i -> all.get((int) ((long) i * all.size() / MOST_EXAMPLES)))
                        .toList();
    }
}
