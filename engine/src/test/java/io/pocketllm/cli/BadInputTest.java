package io.pocketllm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.pocketllm.run.Folders;
import io.pocketllm.run.SmallInbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a person can get wrong: the answer names the file, the line or the key, and the remedy; fits
 * a screen; and nothing has been written.
 */
@Timeout(180)
class BadInputTest {

    private static final int SCREEN_LINES = 15;

    private static final Map<String, Future<Answer>> ANSWERS = new HashMap<>();

    /** Which files there were before and after, and what a person saw. */
    record Answer(
            Path folder,
            List<String> before,
            List<String> after,
            int code,
            List<String> out,
            List<String> err) {}

    /** Two at a time: starting Java is all the time they take. */
    @BeforeAll
    static void makeEveryMistake(@TempDir Path root) {
        try (ExecutorService two = Executors.newFixedThreadPool(2)) {
            Mistakes.all()
                    .forEach(row -> ANSWERS.put(row.name(), two.submit(() -> answer(row, root))));
        }
    }

    private static Answer answer(Mistakes.Row row, Path root) throws Exception {
        Path folder = Files.createDirectories(root.resolve(row.name().replace(' ', '-')));
        SmallInbox.run(folder, "head", 2);
        row.mistake().make(folder);
        List<String> arguments = new ArrayList<>(List.of("train"));
        List<String> options = row.options();
        boolean other = !options.isEmpty() && !options.getFirst().startsWith("--");
        String run = other ? options.getFirst() : "run.json";
        arguments.add(run.startsWith("sample:") ? run : folder.resolve(run).toString());
        options.stream()
                .skip(other ? 1 : 0)
                .map(option -> option.replace("@", folder.toString()))
                .forEach(arguments::add);
        List<String> before = files(folder);
        try (TrainProcess train =
                TrainProcess.start(SmallInbox.sharedHome(), arguments.toArray(String[]::new))) {
            int code = train.awaitExit();
            return new Answer(folder, before, files(folder), code, train.out(), train.err());
        }
    }

    /** What is in the folder, and what is among the runs of its owner. */
    private static List<String> files(Path folder) throws IOException {
        Path runs = Folders.under(SmallInbox.sharedHome()).runs();
        List<String> files = new ArrayList<>();
        for (Path root : List.of(folder, runs)) {
            if (Files.exists(root)) {
                try (Stream<Path> tree = Files.walk(root)) {
                    tree.map(Path::toString).sorted().forEach(files::add);
                }
            }
        }
        return files;
    }

    @ParameterizedTest
    @MethodSource("io.pocketllm.cli.Mistakes#all")
    void aMistakeIsExplainedAndNothingIsWritten(Mistakes.Row row) throws Exception {
        Answer answer = ANSWERS.get(row.name()).get();

        assertThat(answer.code()).as("%s %s", answer.out(), answer.err()).isEqualTo(2);
        assertThat(answer.out()).as("standard output").isEmpty();
        assertThat(String.join("\n", answer.err()))
                .startsWith("pocketllm: ")
                .contains(
                        row.says().stream()
                                .map(part -> part.replace("@", answer.folder().toString()))
                                .toList())
                .doesNotContain("Exception", "\tat ", "null");
        // On a terminal of eighty columns.
        assertThat(answer.err().stream().mapToInt(line -> 1 + line.length() / 80).sum())
                .isLessThan(SCREEN_LINES);
        assertThat(answer.after()).isEqualTo(answer.before());
    }
}
