package io.pocketllm.cli;

import io.pocketllm.run.Event;
import io.pocketllm.run.EventJson;
import io.pocketllm.run.ExitCode;
import io.pocketllm.run.Folders;
import io.pocketllm.run.RunFileException;
import io.pocketllm.run.RunFolder;
import io.pocketllm.run.Runs;
import io.pocketllm.run.SavedPredictions;
import io.pocketllm.run.TextQuestion;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What a run's model thinks of texts, before training and after it. */
@Command(
        name = "predict",
        mixinStandardHelpOptions = true,
        description = {
            "Tells what a run's model thinks of texts, before training and after it.",
            "Where the objective reads several texts, write one a line.",
            "Exit codes: 0 done, 2 bad input."
        })
final class PredictCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Parameters(
            paramLabel = "RUN",
            description =
                    "Folder of a run; or a run file or sample:ID, whose model has not been trained yet.")
    private String run;

    @Option(
            names = "--text",
            paramLabel = "TEXT",
            description =
                    "A text to ask about; may be repeated. Without it, questions as a worker takes"
                            + " them are read from standard input, one a line.")
    private List<String> texts = new ArrayList<>();

    @Option(names = "--json", description = "Print a prediction event for each text, one a line.")
    private boolean json;

    @Option(names = "--cache", hidden = true, description = "The program's cache folder.")
    private Path cache;

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        List<String> asked = texts.isEmpty() ? fromInput() : texts;
        for (String text : asked) {
            if (!TextQuestion.isUsable(text)) {
                throw new RunFileException(
                        "--text",
                        "",
                        "is empty or longer than " + TextQuestion.MAX_CHARS + " characters",
                        "Ask about a sentence or two.");
            }
        }
        if (asked.isEmpty()) {
            throw new RunFileException(
                    "--text",
                    "",
                    "is missing",
                    "Add --text \"Can you take my shift on Sunday?\"; it may be repeated.");
        }
        Path store = cache == null ? Folders.ofUser().cache() : cache;
        List<Event.Prediction> answers =
                isFolder()
                        ? SavedPredictions.of(RunFolder.existing(Path.of(run)), store, asked)
                        : SavedPredictions.of(Runs.open(run), store, asked);
        for (Event.Prediction answer : answers) {
            if (json) {
                out.println(EventJson.line(answer));
            } else {
                PredictionText.print(answer, out);
            }
        }
        out.flush();
        return ExitCode.DONE.code();
    }

    private boolean isFolder() {
        try {
            return !run.startsWith("sample:") && Files.isDirectory(Path.of(run));
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private static List<String> fromInput() throws IOException {
        List<String> asked = new ArrayList<>();
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            TextQuestion.of(line).map(TextQuestion::text).ifPresent(asked::add);
        }
        return asked;
    }
}
