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
    void a_broken_file_gives_the_defaults() throws IOException {
        Files.writeString(
                folder.resolve("window.properties"), "theme=PINK\nwidth=NaN\nheight=\\uZZZZ\n");
        WindowSettings settings = new WindowSettings(folder);
        assertThat(settings.theme()).isEqualTo(Theme.SYSTEM);
        assertThat(settings.width()).isEqualTo(WindowSettings.DEFAULT_WIDTH);
        assertThat(settings.height()).isEqualTo(WindowSettings.DEFAULT_HEIGHT);
    }
}
