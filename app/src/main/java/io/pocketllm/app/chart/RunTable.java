package io.pocketllm.app.chart;

import java.io.IOException;
import java.io.Writer;
import java.util.Locale;

/** All series of a run as one comma-separated table, one row a step. */
public final class RunTable {

    private static final String HEADER =
            "step,elapsedSeconds,phoneSeconds,trainingLoss,smoothedTrainingLoss,heldOutLoss,heldOutAccuracyPercent,"
                    + "residentSetMegabytes,phoneTemperatureCelsius,phoneClockPercent,phoneBatteryPercent,"
                    + "lossPlus,lossMinus,slopeSize,stepSeconds,phoneStepSeconds\n";

    private RunTable() {}

    /**
     * Writes the table. Held-out columns are filled on the steps they were measured after; step 0
     * is the start.
     */
    public static void write(RunSeries series, Writer to) throws IOException {
        to.write(HEADER);
        rows("", series, to);
    }

    /** Begins a table of several runs, the run's name in the first column. */
    public static void writeHead(Writer to) throws IOException {
        to.write("run," + HEADER);
    }

    /** Adds a run to a table of several. */
    public static void writeRun(String name, RunSeries series, Writer to) throws IOException {
        rows(quoted(name) + ",", series, to);
    }

    /** A name as RFC 4180 writes it; one that a spreadsheet would compute is kept a text. */
    private static String quoted(String name) {
        String safe = name.matches("[=+\\-@].*") ? "'" + name : name;
        return "\"" + safe.replace("\"", "\"\"") + "\"";
    }

    private static void rows(String first, RunSeries series, Writer to) throws IOException {
        Positions steps = series.loss().positions();
        Positions heldOut = series.heldOutLoss().positions();
        int next = 0;
        if (heldOut.size() > 0 && heldOut.on(XAxis.STEP).get(0) == 0) {
            to.write(first);
            row(to, 0, heldOut.on(XAxis.ELAPSED).get(0), 0, -1, series, next++);
        }
        for (int i = 0; i < steps.size(); i++) {
            double step = steps.on(XAxis.STEP).get(i);
            boolean measured = next < heldOut.size() && heldOut.on(XAxis.STEP).get(next) == step;
            to.write(first);
            row(
                    to,
                    step,
                    steps.on(XAxis.ELAPSED).get(i),
                    steps.on(XAxis.PHONE_TIME).get(i),
                    i,
                    series,
                    measured ? next++ : -1);
        }
    }

    private static void row(
            Writer to, double step, double elapsed, double phone, int s, RunSeries series, int m)
            throws IOException {
        double heldOutLoss = m < 0 ? Double.NaN : series.heldOutLoss().values().get(m);
        double accuracy = m < 0 ? Double.NaN : series.heldOutAccuracy().values().get(m);
        double memory = series.memory().at(XAxis.ELAPSED, elapsed);
        to.write(
                String.format(
                        Locale.ROOT,
                        "%.0f,%.3f,%s,%s,%s,%s,%s,%s,%s,%s,%s,%s,%s,%s,%s,%s%n",
                        step,
                        elapsed,
                        series.phoneTimeKnown() ? cell(phone) : "",
                        cell(series.loss(), s),
                        cell(series.smoothedLoss(), s),
                        cell(heldOutLoss),
                        cell(accuracy),
                        cell(memory),
                        cell(series.temperature().at(XAxis.ELAPSED, elapsed)),
                        cell(series.clock().at(XAxis.ELAPSED, elapsed)),
                        cell(series.battery().at(XAxis.ELAPSED, elapsed)),
                        cell(series.lossPlus(), s),
                        cell(series.lossMinus(), s),
                        cell(series.slope(), s),
                        cell(series.stepSeconds(), s),
                        cell(series.phoneStepSeconds(), s)));
    }

    private static String cell(Series line, int step) {
        return step < 0 ? "" : cell(line.values().get(step));
    }

    private static String cell(double value) {
        return Double.isFinite(value) ? Float.toString((float) value) : "";
    }
}
