package io.pocketllm.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class RunLibraryTest {

    private static final Event.Started STARTED =
            new Event.Started(
                    900,
                    "2026-01-01T12:00:00Z",
                    "a",
                    "MiniLM",
                    "",
                    1,
                    1,
                    "inbox",
                    List.of(),
                    1,
                    1,
                    "MeZO",
                    9,
                    1,
                    "Pixel",
                    0,
                    1);

    @TempDir private Path root;
    private Path runs;
    private RunLibrary library;

    @BeforeEach
    void open() {
        runs = root.resolve("runs");
        library = new RunLibrary(runs);
    }

    private Path run(String name, Event... events) throws IOException {
        Path folder = Files.createDirectories(runs.resolve(name));
        Files.writeString(folder.resolve("run.json"), SmallInbox.json("data", "head", 9));
        try (EventLog log = new EventLog(folder.resolve("events.ndjson"))) {
            for (Event event : events) {
                log.append(event);
            }
        }
        return folder;
    }

    private static Event.Step step(int step) {
        return new Event.Step(1000L * step, step, 1, 2, 3, 1e-4, 5, null, 6, 7);
    }

    @Test
    void a_folder_that_is_not_there_holds_no_runs() throws IOException {
        assertThat(library.list()).isEmpty();
        assertThat(library.emptyTrash(Duration.ZERO)).isZero();
    }

    @Test
    void runs_are_listed_newest_first_with_the_figures_of_their_end() throws IOException {
        Event end = new Event.Finished(9000, 9, false, 0.5, 0.8, 0.4, null, 123);
        run("2026-01-01-a", STARTED, step(9), end);
        run("2026-01-02-b", STARTED, new Event.Evaluated(8, 4, "validation", 0.7, 0.6, 9), step(5));
        Files.createDirectories(runs.resolve("no-run"));
        List<RunOverview> found = library.list();
        assertThat(found)
                .extracting(run -> run.folder().getFileName().toString())
                .containsExactly("2026-01-02-b", "2026-01-01-a");
        assertThat(found.getFirst().end()).isNull();
        assertThat(found.getFirst().step()).isEqualTo(5);
        assertThat(found.getFirst().loss()).isEqualTo(0.7);
        RunOverview finished = found.getLast();
        assertThat(finished.end()).isEqualTo(end);
        assertThat(finished.started()).isEqualTo(STARTED);
        assertThat(finished.accuracy()).isEqualTo(0.8);
        assertThat(finished.peakRssBytes()).isEqualTo(123);
        assertThat(finished.name()).isEqualTo("Small run");
    }

    @Test
    void start_and_end_are_found_in_a_stream_much_longer_than_what_is_read() throws IOException {
        Event[] events = new Event[3002];
        events[0] = STARTED;
        for (int i = 1; i <= 3000; i++) {
            events[i] = step(i);
        }
        events[3001] = new Event.Killed(9, "w", "h", 700, 600, 3000);
        run("long", events);
        RunOverview found = library.list().getFirst();
        assertThat(found.started()).isEqualTo(STARTED);
        assertThat(found.step()).isEqualTo(3000);
        assertThat(found.end()).isInstanceOf(Event.Killed.class);
        assertThat(found.peakRssBytes()).isEqualTo(700);
    }

    @Test
    void a_damaged_run_is_listed_with_its_problem() throws IOException {
        Path folder = run("a", STARTED);
        Files.writeString(folder.resolve("run.json"), "{");
        Files.write(folder.resolve("events.ndjson"), new byte[] {(byte) 0xff, 0, '\n', '{'});
        Files.writeString(folder.resolve("notes.json"), "[]");
        RunOverview found = library.list().getFirst();
        assertThat(found.file()).isNull();
        assertThat(found.problem()).contains("is not valid JSON");
        assertThat(found.name()).isEqualTo("a");
        assertThat(found.notes()).isEqualTo(RunNotes.NONE);
    }

    @Test
    void a_name_a_tag_and_a_note_are_kept() throws IOException {
        Path folder = run("a", STARTED);
        library.write(folder, new RunNotes(" best \"one\" ", "paper", "line\nline", false));
        RunOverview found = library.list().getFirst();
        assertThat(found.notes())
                .isEqualTo(new RunNotes("best \"one\"", "paper", "line\nline", false));
        assertThat(found.name()).isEqualTo("best \"one\"");
    }

    @Test
    void a_deleted_run_comes_back_until_the_trash_is_emptied() throws IOException {
        Path folder = run("a", STARTED);
        Path trashed = library.delete(folder);
        assertThat(library.list()).isEmpty();
        assertThat(library.emptyTrash(Duration.ofDays(1))).isZero();
        library.restore(trashed, folder);
        assertThat(library.list()).hasSize(1);
        library.delete(folder);
        Path second = library.delete(run("a", STARTED));
        assertThat(second.getFileName().toString()).isEqualTo("a-2");
        assertThat(library.emptyTrash(Duration.ZERO)).isEqualTo(2);
        assertThat(second).doesNotExist();
    }

    @Test
    void runs_of_a_sweep_are_listed_with_its_name_deleted_and_brought_back() throws IOException {
        run("2026-01-01-a", STARTED);
        Path sweep = Files.createDirectories(runs.resolve("2026-01-02-rates"));
        Files.writeString(
                sweep.resolve("sweep.json"),
                "{ /* first */ \"base\": { \"name\": \"x\" }, \"name\": \"Step sizes\", }");
        run("2026-01-02-rates/run-0001", STARTED);
        Path second = run("2026-01-02-rates/run-0002", STARTED);
        Path damaged = Files.createDirectories(runs.resolve("2026-01-03-damaged"));
        Files.writeString(damaged.resolve("sweep.json"), "{");
        run("2026-01-03-damaged/run-0001", STARTED);
        Files.createDirectories(damaged.resolve("run-0002"));
        run("2026-01-04-no-sweep/inner", STARTED);

        assertThat(library.list())
                .extracting(run -> runs.relativize(run.folder()).toString(), RunOverview::sweep)
                .containsExactly(
                        tuple("2026-01-03-damaged/run-0001", "2026-01-03-damaged"),
                        tuple("2026-01-02-rates/run-0002", "Step sizes"),
                        tuple("2026-01-02-rates/run-0001", "Step sizes"),
                        tuple("2026-01-01-a", ""));

        Path trashed = library.delete(second);
        assertThat(trashed.getFileName().toString()).isEqualTo("2026-01-02-rates-run-0002");
        assertThat(library.list()).hasSize(3);
        library.restore(trashed, second);
        assertThat(library.list()).hasSize(4);
        Path inner = runs.resolve("2026-01-04-no-sweep/inner");
        assertThatThrownBy(() -> library.delete(inner)).isInstanceOf(IOException.class);
    }

    @Test
    void only_runs_of_this_folder_are_deleted() throws IOException {
        Path other = Files.createDirectories(root.resolve("precious"));
        assertThatThrownBy(() -> library.delete(other)).isInstanceOf(IOException.class);
        assertThat(other).exists();
    }

    @Test
    void emptying_the_trash_removes_a_link_and_not_what_it_points_to() throws IOException {
        Path precious = Files.writeString(root.resolve("precious.txt"), "x");
        Path folder = run("a", STARTED);
        Files.createSymbolicLink(folder.resolve("link"), precious);
        library.delete(folder);
        library.emptyTrash(Duration.ZERO);
        assertThat(precious).exists();
    }

    @Test
    void a_run_files_values_are_told_by_their_dotted_keys() throws Exception {
        RunFile file = RunFile.parse("t", root, SmallInbox.json("data", "head", 9));
        assertThat(file.values())
                .containsEntry("method.space", "head")
                .containsEntry("training.steps", "9")
                .containsEntry("objective.labels.ignore", "an advertisement");
    }

    @Test
    void a_folder_that_lost_its_run_file_is_listed_with_that_reason() throws IOException {
        Files.delete(run("2026-01-01-a", STARTED, step(3)).resolve("run.json"));
        Files.createDirectories(run("2026-01-02-b", STARTED).resolve("events.ndjson.d"));
        Files.delete(runs.resolve("2026-01-02-b/events.ndjson"));
        Files.createDirectories(runs.resolve("2026-01-03-c/run.json"));
        List<RunOverview> found = library.list();
        assertThat(found).hasSize(3);
        assertThat(found.getLast().problem()).contains("run.json");
        assertThat(found.getLast().step()).isEqualTo(3);
        assertThat(found.get(1).problem()).isEmpty();
        assertThat(found.getFirst().problem()).contains("run.json");
    }

    @Test
    void runs_from_elsewhere_are_listed_beside_the_own_ones() throws IOException {
        run("own", STARTED);
        Path other = root.resolve("elsewhere");
        Path away = Files.createDirectories(other.getParent().resolve("phone"));
        Files.writeString(away.resolve("run.json"), SmallInbox.json("data", "head", 9));
        List<RunOverview> found =
                library.list(List.of(away, root.resolve("gone"), runs.resolve("own")));
        assertThat(found)
                .extracting(run -> run.folder().getFileName().toString())
                .containsExactly("phone", "gone", "own");
        assertThat(found.get(1).problem()).contains("gone");
        assertThat(library.holds(away)).isFalse();
        assertThat(library.holds(runs.resolve("own"))).isTrue();
        assertThatThrownBy(() -> library.delete(away)).isInstanceOf(IOException.class);
    }
}
