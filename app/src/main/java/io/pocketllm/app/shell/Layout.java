package io.pocketllm.app.shell;

import io.pocketllm.app.train.ChartsViewModel;
import io.pocketllm.app.train.LowerChart;

/** What a person has arranged, kept from one start of the window to the next. */
final class Layout {

    private Layout() {}

    /** Puts everything as it was left; what is missing or broken stays as it is. */
    static void restore(WindowSettings settings, WorkbenchViewModel workbench) {
        ChartsViewModel charts = workbench.charts();
        workbench
                .appearance()
                .textSizeProperty()
                .set((int) settings.number("textSize", 100, 70, 200));
        charts.smoothingProperty()
                .set(settings.number("smoothing", charts.smoothingProperty().get(), 0, 0.99));
        charts.logarithmicProperty().set(settings.flag("logY"));
        charts.logarithmicXProperty().set(settings.flag("logX"));
        workbench.logShownProperty().set(settings.flag("log"));
        workbench.plan().detailsShownProperty().set(settings.flag("planDetails"));
        for (LowerChart chart : LowerChart.values()) {
            if (chart.name().equals(settings.word("lowerChart"))) {
                charts.lowerProperty().set(chart);
            }
        }
    }

    /** Keeps everything as it is now. */
    static void save(WindowSettings settings, WorkbenchViewModel workbench) {
        ChartsViewModel charts = workbench.charts();
        settings.remember("textSize", workbench.appearance().textSizeProperty().get());
        settings.remember("smoothing", charts.smoothingProperty().get());
        settings.remember("logY", charts.logarithmicProperty().get());
        settings.remember("logX", charts.logarithmicXProperty().get());
        settings.remember("log", workbench.logShownProperty().get());
        settings.remember("planDetails", workbench.plan().detailsShownProperty().get());
        settings.remember("lowerChart", charts.lowerProperty().get().name());
    }
}
