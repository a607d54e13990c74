package io.pocketllm.app.chart;

import static org.assertj.core.api.Assertions.assertThat;

import io.pocketllm.app.fake.Sample;
import io.pocketllm.run.Event;
import io.pocketllm.run.EventJson;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunImageTest {

    @TempDir private Path folder;

    private Path events(String tail) throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add(EventJson.line(Sample.started(512 * Sample.MB, 100)));
        lines.add(EventJson.line(Sample.evaluated(0, 1.3, 0.5)));
        lines.add(
                EventJson.line(
                        new Event.Reference(1900, "first-order head", "validation", 0.3, 0.88)));
        for (int i = 1; i <= 100; i++) {
            lines.add(EventJson.line(Sample.step(i, 1.3 - i / 100.0)));
            lines.add(EventJson.line(Sample.memory(2000 + 200L * i, 300 + i, 512)));
        }
        lines.add(EventJson.line(Sample.evaluated(100, 0.4, 0.8)));
        return Files.writeString(
                folder.resolve("events.ndjson"), String.join("\n", lines) + "\n" + tail);
    }

    @Test
    void the_picture_has_its_size_and_shows_loss_accuracy_memory_and_budget() throws IOException {
        Path png = folder.resolve(RunImage.FILE_NAME);
        RunImage.write(events(""), png);
        BufferedImage image = ImageIO.read(png.toFile());
        assertThat(image.getWidth()).isEqualTo(RunImage.WIDTH * RunImage.SCALE);
        assertThat(image.getHeight()).isEqualTo(RunImage.HEIGHT * RunImage.SCALE);
        Set<Integer> colours = new HashSet<>();
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                colours.add(image.getRGB(x, y));
            }
        }
        assertThat(colours)
                .contains(
                        Palette.LIGHT.surface().getRGB(),
                        Palette.LIGHT.loss().getRGB(),
                        Palette.LIGHT.accuracy().getRGB(),
                        Palette.LIGHT.memoryFill().getRGB(),
                        Palette.LIGHT.alarm().getRGB());
    }

    @Test
    void a_torn_last_line_and_an_unknown_event_do_not_spoil_it() throws IOException {
        Path png = folder.resolve("torn.png");
        RunImage.write(
                events("{\"event\":\"from-the-future\",\"elapsedMillis\":1}\n{\"event\":\"st"),
                png);
        assertThat(png).isNotEmptyFile();
    }
}
