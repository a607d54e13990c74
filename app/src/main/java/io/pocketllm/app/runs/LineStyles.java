package io.pocketllm.app.runs;

import io.pocketllm.app.chart.LineStyle;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** A colour and a dash for each run that is compared; one that stays keeps its own. */
final class LineStyles {

    private final Map<Path, LineStyle> styles = new HashMap<>();

    /** Gives each of these rows a style, and takes those of others back. */
    void give(List<RunRow> rows) {
        styles.keySet().retainAll(rows.stream().map(RunRow::folder).toList());
        rows.forEach(row -> styles.computeIfAbsent(row.folder(), folder -> free()));
    }

    private LineStyle free() {
        return IntStream.range(0, styles.size() + 1)
                .mapToObj(LineStyle::new)
                .filter(style -> !styles.containsValue(style))
                .findFirst()
                .orElseThrow();
    }

    /** The style of a row; null for one that has none. */
    LineStyle of(RunRow row) {
        return styles.get(row.folder());
    }
}
