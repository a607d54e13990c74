package io.pocketllm.app.chart;

import io.pocketllm.run.Event;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import javax.imageio.ImageIO;
import org.jfree.chart.JFreeChart;

/**
 * Loss and memory of a run as one PNG picture, drawn without a window: {@value #WIDTH} × {@value
 * #HEIGHT} points at twice that many pixels a side.
 */
public final class RunImage {

    /** The file's name inside a run folder. */
    public static final String FILE_NAME = "loss-and-memory.png";

    /** Width, points. */
    public static final int WIDTH = 1000;

    /** Height, points. */
    public static final int HEIGHT = 720;

    /** Pixels a point. */
    public static final int SCALE = 2;

    private static final int MARGIN = 18;

    private RunImage() {}

    /** Draws the events of a run folder's {@code events.ndjson}. */
    public static void write(Path events, Path png) throws IOException {
        RunSeries series = new RunSeries();
        String[] name = {"Run"};
        EventFile.read(
                events,
                event -> {
                    series.accept(event);
                    if (event instanceof Event.Started started) {
                        name[0] =
                                started.runName()
                                        + " · "
                                        + started.modelName()
                                        + " · "
                                        + started.deviceName();
                    }
                });
        write(series, name[0], ChartState.FOLLOW, Palette.LIGHT, png);
    }

    /**
     * Draws what the charts show.
     *
     * @throws IOException where the picture cannot be written; the message says so for people where
     *     fonts are missing
     */
    public static void write(
            RunSeries series, String title, ChartState state, Palette palette, Path png)
            throws IOException {
        BufferedImage image = draw(series, title, state, palette);
        // Without this ImageIO writes a temporary file first.
        ImageIO.setUseCache(false);
        try (var out = Files.newOutputStream(png)) {
            ImageIO.write(image, "png", out);
        }
    }

    /**
     * The same as a picture.
     *
     * @throws IOException where it cannot be drawn; the message says so for people where fonts are
     *     missing
     */
    public static BufferedImage draw(
            RunSeries series, String title, ChartState state, Palette palette) throws IOException {
        BufferedImage image =
                new BufferedImage(WIDTH * SCALE, HEIGHT * SCALE, BufferedImage.TYPE_INT_RGB);
        try {
            draw(series, title, state, palette, image);
        } catch (RuntimeException | LinkageError | InternalError e) {
            // Java's own words for a computer without fonts: "Fontconfig head is null", or a
            // missing libfontmanager.
            throw new IOException(
                    "the picture could not be drawn, most likely because no fonts are installed. Install fontconfig and"
                            + " a font (Debian, Ubuntu: apt install fontconfig fonts-dejavu-core; Fedora: dnf install"
                            + " fontconfig dejavu-sans-fonts). The numbers are in events.ndjson. ["
                            + e
                            + "]",
                    e);
        }
        return image;
    }

    private static void draw(
            RunSeries series,
            String title,
            ChartState state,
            Palette palette,
            BufferedImage image) {
        Graphics2D g = image.createGraphics();
        try {
            g.scale(SCALE, SCALE);
            g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            g.setRenderingHint(
                    RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
            g.setRenderingHint(
                    RenderingHints.KEY_FRACTIONALMETRICS,
                    RenderingHints.VALUE_FRACTIONALMETRICS_ON);
            g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
            g.setColor(palette.surface());
            g.fillRect(0, 0, WIDTH, HEIGHT);
            text(g, title, 15, Font.BOLD, palette.ink(), MARGIN, 30);

            LossChart loss = new LossChart();
            loss.use(palette);
            loss.update(series, state);
            text(g, "Loss, nats, and accuracy, %", 12, Font.BOLD, palette.ink(), MARGIN, 58);
            double x = 230;
            x = legend(g, "training loss, smoothed", palette.loss(), palette, x, 58);
            x = legend(g, "at ±ε, each step", palette.rawLoss(), palette, x, 58);
            x = legend(g, "held-out loss", palette.heldOutLoss(), palette, x, 58);
            legend(g, "held-out accuracy", palette.accuracy(), palette, x, 58);
            chart(g, loss.chart(), 66, 390);

            MemoryChart memory = new MemoryChart();
            memory.use(palette);
            memory.update(series, state);
            text(
                    g,
                    "Memory of the run, resident set, MB",
                    12,
                    Font.BOLD,
                    palette.ink(),
                    MARGIN,
                    484);
            String most = String.format(Locale.ROOT, "at most %,.0f MB", series.peakMegabytes());
            legend(g, most, palette.memory(), palette, 280, 484);
            chart(g, memory.chart(), 492, 214);
        } finally {
            g.dispose();
        }
    }

    private static void chart(Graphics2D g, JFreeChart chart, double top, double height) {
        chart.draw(g, new Rectangle2D.Double(MARGIN, top, WIDTH - 2 * MARGIN, height));
    }

    private static void text(
            Graphics2D g, String text, int size, int style, Color colour, double x, double y) {
        g.setFont(new Font(Font.SANS_SERIF, style, size));
        g.setColor(colour);
        g.drawString(text, (float) x, (float) y);
    }

    private static double legend(
            Graphics2D g, String name, Color colour, Palette palette, double x, double y) {
        g.setColor(colour);
        g.setStroke(ChartParts.stroke(3f));
        g.draw(new Line2D.Double(x, y - 4, x + 14, y - 4));
        text(g, name, 12, Font.PLAIN, palette.mutedInk(), x + 22, y);
        return x + 44 + g.getFontMetrics().stringWidth(name);
    }
}
