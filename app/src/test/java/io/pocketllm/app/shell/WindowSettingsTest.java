package io.pocketllm.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WindowSettingsTest {

    @TempDir private Path folder;

    @Test
    void theme_and_size_come_back() {
        WindowSettings first = new WindowSettings(folder);
        assertThat(first.theme()).isEqualTo(Theme.SYSTEM);
        first.saveTheme(Theme.DARK);
        first.saveSize(1100, 720);
        WindowSettings second = new WindowSettings(folder);
        assertThat(second.theme()).isEqualTo(Theme.DARK);
        assertThat(second.width()).isEqualTo(1100);
        assertThat(second.height()).isEqualTo(720);
    }

    @Test
    void what_was_arranged_and_run_files_come_back_and_nonsense_does_not() {
        WindowSettings first = new WindowSettings(folder);
        first.remember("textSize", 120);
        first.remember("logY", true);
        first.remember("lowerChart", "SLOPE");
        first.remember("smoothing", "a lot");
        first.saveSize(1100, 720);
        first.recentRuns().add("/runs/one/run.json");
        first.recentRuns().add("/runs/two/run.json");
        WindowSettings second = new WindowSettings(folder);
        assertThat(second.number("textSize", 100, 70, 200)).isEqualTo(120);
        assertThat(second.number("textSize", 100, 70, 110)).as("out of bounds").isEqualTo(100);
        assertThat(second.number("smoothing", 0.9, 0, 0.99)).isEqualTo(0.9);
        assertThat(second.flag("logY")).isTrue();
        assertThat(second.word("lowerChart")).isEqualTo("SLOPE");
        assertThat(second.recentRuns().all())
                .containsExactly("/runs/two/run.json", "/runs/one/run.json");
        assertThat(second.recentModels().all()).isEmpty();
    }

    @Test
    void a_broken_file_gives_the_defaults() throws IOException {
        Files.writeString(
                folder.resolve("window.properties"), "theme=PINK\nwidth=NaN\nheight=\\uZZZZ\n");
        WindowSettings settings = new WindowSettings(folder);
        assertThat(settings.theme()).isEqualTo(Theme.SYSTEM);
        assertThat(settings.width()).isEqualTo(WindowSettings.DEFAULT_WIDTH);
        assertThat(settings.height()).isEqualTo(WindowSettings.DEFAULT_HEIGHT);
    }
}
