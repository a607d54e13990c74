package io.pocketllm.app.chart;

import java.awt.Dimension;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.font.FontRenderContext;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.apache.batik.svggen.SVGGraphics2D;
import org.w3c.dom.Document;

/**
 * The overlay of runs as a picture with its own title and legend, drawn without a window: {@value
 * #WIDTH} points wide, as tall as its legend needs.
 */
public final class OverlayPicture {

    /** Width, points. */
    public static final int WIDTH = 1000;

    /** Pixels a point of a PNG. */
    public static final int SCALE = 2;

    private static final int CHART_HEIGHT = 480;
    private static final int MARGIN = 18;
    private static final int TITLE_HEIGHT = 40;
    private static final int LEGEND_ROW = 22;
    private static final int SWATCH = 26;
    private static final Font TITLE = new Font(Font.SANS_SERIF, Font.BOLD, 15);
    private static final Font NAME = new Font(Font.SANS_SERIF, Font.PLAIN, 12);

    private final List<OverlayLine> lines;
    private final OverlayChart.View view;
    private final Palette palette;

    /**
     * @param lines what is drawn
     * @param view how it is looked at
     */
    public OverlayPicture(List<OverlayLine> lines, OverlayChart.View view, Palette palette) {
        this.lines = List.copyOf(lines);
        this.view = view;
        this.palette = palette;
    }

    /** Writes a PNG at {@value #SCALE} pixels a point. */
    public void writePng(Path file) throws IOException {
        try (var out = Files.newOutputStream(file)) {
            if (!ImageIO.write(image(), "png", out)) {
                throw new IOException("this Java cannot write PNG pictures");
            }
        }
    }

    /** Writes an SVG; its words stay words. */
    public void writeSvg(Path file) throws IOException {
        SVGGraphics2D g = new SVGGraphics2D(emptyDocument());
        g.setSVGCanvasSize(new Dimension(WIDTH, height()));
        try (Writer out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
            draw(g);
            // Not the library's own writer: that names a document type on the web, which readers
            // would fetch.
            Transformer writer = TransformerFactory.newInstance().newTransformer();
            writer.transform(new DOMSource(g.getRoot()), new StreamResult(out));
        } catch (TransformerException e) {
            throw new IOException("the drawing cannot be written", e);
        } finally {
            g.dispose();
        }
    }

    private static Document emptyDocument() throws IOException {
        try {
            return DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .getDOMImplementation()
                    .createDocument(SVGGraphics2D.SVG_NAMESPACE_URI, "svg", null);
        } catch (ParserConfigurationException e) {
            throw new IOException("this Java has no XML parser", e);
        }
    }

    /** The picture at {@value #SCALE} pixels a point. */
    public BufferedImage image() {
        BufferedImage image =
                new BufferedImage(WIDTH * SCALE, height() * SCALE, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = image.createGraphics();
        try {
            g.scale(SCALE, SCALE);
            g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            g.setRenderingHint(
                    RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
            g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
            draw(g);
        } finally {
            g.dispose();
        }
        return image;
    }

    private void draw(Graphics2D g) {
        g.setColor(palette.surface());
        g.fillRect(0, 0, WIDTH, height());
        g.setFont(TITLE);
        g.setColor(palette.ink());
        g.drawString(title(), MARGIN, 28);
        int row = 0;
        double x = MARGIN;
        for (OverlayLine line : lines) {
            double width = widthOf(line);
            if (x > MARGIN && x + width > WIDTH - MARGIN) {
                x = MARGIN;
                row++;
            }
            double y = TITLE_HEIGHT + row * LEGEND_ROW + 12;
            g.setStroke(line.style().stroke(2f));
            g.setColor(line.style().colour(palette));
            g.draw(new Line2D.Double(x, y - 4, x + SWATCH, y - 4));
            g.setFont(NAME);
            g.setColor(palette.mutedInk());
            g.drawString(legend(line), (float) (x + SWATCH + 8), (float) y);
            x += width;
        }
        OverlayChart chart = new OverlayChart();
        chart.use(palette);
        chart.update(lines, view);
        chart.chart()
                .draw(
                        g,
                        new Rectangle2D.Double(
                                MARGIN,
                                height() - CHART_HEIGHT - 10,
                                WIDTH - 2 * MARGIN,
                                CHART_HEIGHT));
    }

    private String title() {
        String name = view.quantity().text();
        String unit =
                switch (view.quantity()) {
                    case HELD_OUT_LOSS, TRAINING_LOSS -> "nats";
                    case ACCURACY -> "%";
                    case MEMORY -> "MB, resident set";
                    case STEP_TIME -> "seconds";
                    case TEMPERATURE -> "°C";
                };
        String capital = name.substring(0, 1).toUpperCase(Locale.ROOT);
        return capital
                + name.substring(1)
                + ", "
                + unit
                + (view.drawsDifferences() ? ", minus " + view.baseline().name() : "");
    }

    private static String legend(OverlayLine line) {
        int runs = line.members().size();
        return line.name() + (runs > 1 ? ", mean ± std of " + runs + " runs" : "");
    }

    private static double widthOf(OverlayLine line) {
        return SWATCH
                + 30
                + NAME.getStringBounds(legend(line), new FontRenderContext(null, true, true))
                        .getWidth();
    }

    private int height() {
        int rows = 1;
        double x = MARGIN;
        for (OverlayLine line : lines) {
            double width = widthOf(line);
            if (x > MARGIN && x + width > WIDTH - MARGIN) {
                x = MARGIN;
                rows++;
            }
            x += width;
        }
        return TITLE_HEIGHT + rows * LEGEND_ROW + CHART_HEIGHT + 20;
    }
}
