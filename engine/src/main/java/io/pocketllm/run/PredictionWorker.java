package io.pocketllm.run;

import io.pocketllm.zo.noise.NoiseKernels;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A {@link PredictionProcess} as {@code pocketllm predict}, the text on its standard input. */
final class PredictionWorker implements PredictionProcess {

    private static final int ERROR_CHARS = 2000;

    private final Process process;
    private final Runnable tidy;
    private final CompletableFuture<Event.Prediction> answer = new CompletableFuture<>();

    private PredictionWorker(Process process, Runnable tidy) {
        this.process = process;
        this.tidy = tidy;
    }

    /**
     * @param run a run folder or a run file
     * @param tidy called once the process is gone
     */
    static PredictionWorker start(Path run, Runnable tidy, Path cache, String text)
            throws IOException {
        Process process = WorkerCommand.prediction(run, cache, cache).start();
        PredictionWorker worker = new PredictionWorker(process, tidy);
        Thread.ofPlatform().daemon().name("prediction").start(() -> worker.ask(text));
        return worker;
    }

    private void ask(String text) {
        StringBuilder others = new StringBuilder();
        try (Writer to = process.outputWriter(StandardCharsets.UTF_8)) {
            to.write(new TextQuestion(0, text).line() + "\n");
        } catch (IOException e) {
            // It ended at once; what it said comes below.
        }
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Optional<Event> event = EventJson.parse(line);
                if (event.isPresent() && event.get() instanceof Event.Prediction prediction) {
                    answer.complete(prediction);
                } else if (!line.startsWith(NoiseKernels.MODULE_WARNING)
                        && others.length() < ERROR_CHARS) {
                    others.append(line.strip()).append('\n');
                }
            }
        } catch (IOException e) {
            // It died in the middle of a line.
        } finally {
            String said = others.toString().strip().replace("pocketllm: ", "");
            answer.completeExceptionally(
                    new IOException(
                            said.isEmpty() ? "The process that was asked ended silently." : said));
            tidy.run();
        }
    }

    @Override
    public CompletableFuture<Event.Prediction> answer() {
        return answer;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
