package io.pocketllm.app.runs;

import io.pocketllm.app.text.Units;

/** How many runs are listed, in words. */
final class RowCount {

    private RowCount() {}

    /** "7 runs", "2 of 7 runs", "3 groups of 12 runs"; archived ones are counted apart. */
    static String of(RunsViewModel runs) {
        long hidden =
                runs.archivedShownProperty().get()
                        ? 0
                        : runs.rows().stream().filter(RunRow::archived).count();
        boolean grouped = runs.groupedProperty().get();
        String there = Units.plural(runs.rows().size() - hidden, grouped ? "group" : "run");
        long all = runs.rows().stream().mapToLong(row -> row.runs().size()).sum();
        return (runs.filterProperty().get().isBlank()
                        ? there
                        : runs.shown().size() + " of " + there)
                + (grouped ? " of " + Units.plural(all, "run") : "")
                + (hidden > 0 ? ", " + hidden + " archived" : "");
    }
}
