package io.pocketllm.app.launch;

import static org.assertj.core.api.Assertions.assertThat;

import io.pocketllm.app.chart.RunImage;
import io.pocketllm.app.fake.Sample;
import io.pocketllm.run.EventJson;
import io.pocketllm.run.ExitCode;
import io.pocketllm.run.Folders;
import io.pocketllm.run.RunFolder;
import io.pocketllm.run.Runs;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class WorkbenchCommandTest {

    @TempDir private Path folder;
    private final StringWriter out = new StringWriter();

    @BeforeEach
    void writeEvents() throws IOException {
        Files.writeString(
                folder.resolve("events.ndjson"),
                EventJson.line(Sample.started(0, 2))
                        + "\n"
                        + EventJson.line(Sample.step(1, 1))
                        + "\n");
    }

    private int run(String... args) {
        WorkbenchCommand command =
                new WorkbenchCommand(
                        new Runs(Folders.under(folder.resolve("home"))),
                        (file, to) -> {
                            to.println("ran " + file.spec().name());
                            return new TerminalRunner.Result(
                                    ExitCode.KILLED, new RunFolder(folder));
                        },
                        () -> false);
        return new CommandLine(command).setOut(new PrintWriter(out)).execute(args);
    }

    @Test
    void without_a_display_it_runs_in_the_terminal_draws_the_picture_and_keeps_the_exit_code()
            throws IOException {
        Path file = Files.writeString(folder.resolve("mine.json"), Sample.JSON);
        assertThat(run(file.toString(), "--start")).isEqualTo(ExitCode.KILLED.code());
        Path picture = folder.resolve(RunImage.FILE_NAME);
        assertThat(out.toString())
                .contains("No display here", "ran inbox-nurse", picture.toString());
        assertThat(picture).isNotEmptyFile();
    }

    @Test
    void a_check_without_a_display_says_why_and_runs_nothing() {
        assertThat(run("--check")).isEqualTo(ExitCode.INTERNAL_ERROR.code());
        assertThat(out.toString()).contains("cannot open", "DISPLAY").doesNotContain("ran ");
    }
}
