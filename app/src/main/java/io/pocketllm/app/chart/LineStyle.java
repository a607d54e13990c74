package io.pocketllm.app.chart;

import java.awt.BasicStroke;
import java.awt.Color;
import java.util.Locale;

/**
 * How one of many runs is drawn: eight colours that differ in lightness too, each with a dash of
 * its own; from the ninth run on colours come back with another dash.
 *
 * @param number 0 for the first run
 */
public record LineStyle(int number) {

    private static final int[] LIGHT = {
        0x1F6FEB, 0x12805A, 0xB4560B, 0x7447C9, 0xC2255C, 0x0B7285, 0x6B5B00, 0x495057
    };

    private static final int[] DARK = {
        0x5B9BFF, 0x3DBE8B, 0xF0A04B, 0xB794F4, 0xF783AC, 0x4DD0E1, 0xE0C95A, 0xC1C7CE
    };

    private static final float[][] DASHES = {{}, {7, 3}, {2, 3}, {9, 3, 2, 3}, {4, 2}};

    /** The colour under a palette. */
    public Color colour(Palette palette) {
        int[] colours = palette.isDark() ? DARK : LIGHT;
        return new Color(colours[number % colours.length]);
    }

    /** The colour as CSS writes it. */
    public String web(Palette palette) {
        return String.format(Locale.ROOT, "#%06x", colour(palette).getRGB() & 0xFFFFFF);
    }

    BasicStroke stroke(float width) {
        int turn = number / LIGHT.length;
        return ChartParts.stroke(width, DASHES[(number + turn) % DASHES.length]);
    }
}
