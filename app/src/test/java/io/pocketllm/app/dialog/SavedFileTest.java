package io.pocketllm.app.dialog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SavedFileTest {

    @TempDir private Path folder;

    @Test
    void a_disk_that_fills_up_halfway_leaves_the_older_file_and_nothing_else() throws IOException {
        Path file = Files.writeString(folder.resolve("a.csv"), "older");
        assertThatThrownBy(
                        () ->
                                SavedFile.write(
                                        file,
                                        to -> {
                                            Files.writeString(to, "half of it");
                                            throw new IOException("No space left on device");
                                        }))
                .hasMessage("No space left on device");
        assertThat(file).hasContent("older");
        assertThat(folder)
                .isDirectoryContaining(file::equals)
                .isDirectoryNotContaining("glob:*.part");
    }

    @Test
    void a_whole_file_takes_the_place_of_the_older_one() throws IOException {
        Path file = Files.writeString(folder.resolve("a.csv"), "older");
        SavedFile.write(file, to -> Files.writeString(to, "newer"));
        assertThat(file).hasContent("newer");
        assertThat(folder.toFile().list()).containsExactly("a.csv");
    }

    @Test
    void a_link_stays_a_link() throws IOException {
        Path real = Files.writeString(folder.resolve("real.csv"), "older");
        Path link = Files.createSymbolicLink(folder.resolve("link.csv"), real);
        SavedFile.write(link, to -> Files.writeString(to, "newer"));
        assertThat(link).isSymbolicLink();
        assertThat(real).hasContent("newer");
    }

    @Test
    void the_reason_is_in_words() {
        Path file = Path.of("x.csv");
        assertThat(SavedFile.problem(file, new NoSuchFileException("/a/x.csv"), "").what())
                .isEqualTo("There is no such folder any more.");
        assertThat(SavedFile.problem(file, new AccessDeniedException("/a/x.csv"), "").what())
                .isEqualTo("The folder does not let you write there.");
        assertThat(SavedFile.problem(file, new IOException("No space left"), "").what())
                .isEqualTo("No space left");
    }
}
