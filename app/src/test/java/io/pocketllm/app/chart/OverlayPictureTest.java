package io.pocketllm.app.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.pocketllm.app.fake.Sample;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OverlayPictureTest {

    @TempDir private Path folder;

    private static RunSeries run(double half) {
        RunSeries series = new RunSeries();
        series.accept(Sample.started(0, 100));
        for (int step = 0; step <= 100; step += 10) {
            series.accept(Sample.evaluated(step, 0.4 + Math.exp(-step / half), 0.8));
        }
        return series;
    }

    private final List<OverlayLine> lines =
            List.of(
                    new OverlayLine("lora <best> & first", new LineStyle(0), run(20)),
                    new OverlayLine("lozo × 2", new LineStyle(1), List.of(run(40), run(60))));

    private OverlayPicture picture(Palette palette) {
        return new OverlayPicture(
                lines, new OverlayChart.View(Quantity.HELD_OUT_LOSS, XAxis.STEP), palette);
    }

    @Test
    void a_png_has_two_pixels_a_point_and_the_lines_colours() throws Exception {
        Path file = folder.resolve("runs.png");
        picture(Palette.DARK).writePng(file);
        BufferedImage image = ImageIO.read(file.toFile());
        assertThat(image.getWidth()).isEqualTo(2 * OverlayPicture.WIDTH);
        assertThat(new java.awt.Color(image.getRGB(3, 3))).isEqualTo(Palette.DARK.surface());
        int[] pixels =
                image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
        for (OverlayLine line : lines) {
            int colour = line.style().colour(Palette.DARK).getRGB();
            assertThat(java.util.Arrays.stream(pixels).filter(p -> p == colour).count())
                    .isGreaterThan(200);
        }
    }

    @Test
    void an_svg_is_well_formed_and_its_words_are_words() throws Exception {
        Path file = folder.resolve("runs.svg");
        picture(Palette.LIGHT).writeSvg(file);
        var document =
                DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile());
        assertThat(document.getDoctype()).isNull();
        assertThat(document.getDocumentElement().getTagName()).isEqualTo("svg");
        assertThat(document.getDocumentElement().getAttribute("width")).isEqualTo("1000");
        assertThat(document.getDocumentElement().getTextContent())
                .contains("lora <best> & first")
                .contains("mean ± std of 2 runs")
                .contains("Held-out loss, nats");
        assertThat(Files.size(file)).isLessThan(200_000);
    }

    @Test
    void a_mean_lies_between_its_runs_and_ends_where_the_shortest_does() {
        RunSeries shorter = new RunSeries();
        shorter.accept(Sample.started(0, 100));
        for (int step = 0; step <= 50; step += 10) {
            shorter.accept(Sample.evaluated(step, 2, 0.5));
        }
        OverlayLine line = new OverlayLine("x", new LineStyle(0), List.of(run(20), shorter));
        OverlayLine.Curve curve =
                line.curve(Quantity.HELD_OUT_LOSS, XAxis.STEP, new XWindow(0, 100));
        assertThat(curve.mean().xs()).containsExactly(0, 10, 20, 30, 40, 50);
        assertThat(curve.mean().ys()[5]).isCloseTo((2 + 0.4 + Math.exp(-2.5)) / 2, within(1e-12));
        assertThat(curve.deviation()[5])
                .isCloseTo(Math.abs(2 - 0.4 - Math.exp(-2.5)) / Math.sqrt(2), within(1e-12));
        OverlayLine.Curve apart =
                line.minus(line, Quantity.HELD_OUT_LOSS, XAxis.STEP, new XWindow(0, 100));
        assertThat(apart.mean().ys()).containsOnly(0);
    }
}
