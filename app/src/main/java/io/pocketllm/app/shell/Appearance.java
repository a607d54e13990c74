package io.pocketllm.app.shell;

import io.pocketllm.app.chart.Palette;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.beans.property.SimpleObjectProperty;

/** How the window looks: its theme, the size of its text, and the charts' colours that follow. */
public final class Appearance {

    private static final int SMALLEST_TEXT = 70;
    private static final int LARGEST_TEXT = 200;

    private final ObjectProperty<Theme> theme = new SimpleObjectProperty<>(Theme.SYSTEM);
    private final BooleanProperty systemDark = new SimpleBooleanProperty();
    private final BooleanProperty dark = new SimpleBooleanProperty();
    private final IntegerProperty textSize = new SimpleIntegerProperty(100);
    private final ReadOnlyObjectWrapper<Palette> palette =
            new ReadOnlyObjectWrapper<>(Palette.LIGHT);

    Appearance() {
        // Not a binding: one that nobody holds is collected, and the charts stay as they were.
        dark.addListener(o -> dyePalette());
        textSize.addListener(o -> dyePalette());
        theme.addListener(o -> dark.set(theme.get().isDark(systemDark.get())));
        systemDark.addListener(o -> dark.set(theme.get().isDark(systemDark.get())));
    }

    private void dyePalette() {
        Palette colours = dark.get() ? Palette.DARK : Palette.LIGHT;
        palette.set(colours.withText(textSize.get()));
    }

    /** Larger or smaller text everywhere, charts too. */
    void changeTextSize(int percent) {
        textSize.set(Math.clamp(textSize.get() + percent, SMALLEST_TEXT, LARGEST_TEXT));
    }

    /** From light to dark or back. */
    void flipTheme() {
        theme.set(dark.get() ? Theme.LIGHT : Theme.DARK);
    }

    /** The theme a person chose. */
    public ObjectProperty<Theme> themeProperty() {
        return theme;
    }

    /** Whether the system is dark; the window sets it. */
    BooleanProperty systemDarkProperty() {
        return systemDark;
    }

    /** Whether the window is dark. */
    public BooleanProperty darkProperty() {
        return dark;
    }

    /** Size of the text, per cent of the usual. */
    public IntegerProperty textSizeProperty() {
        return textSize;
    }

    /** Colours of the charts under the present theme. */
    public ReadOnlyObjectProperty<Palette> paletteProperty() {
        return palette.getReadOnlyProperty();
    }
}
