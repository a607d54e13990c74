package io.pocketllm.app.phones;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javafx.geometry.HPos;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;

/** What is sent, a line each: name, size, a bar, and where it is. */
final class TransferRows extends GridPane {

    private record Line(Label name, Label size, ProgressBar bar, Label status) {}

    private final List<Line> lines = new ArrayList<>();

    TransferRows() {
        getStyleClass().add("transfer-rows");
        ColumnConstraints names = new ColumnConstraints();
        names.setMinWidth(0);
        ColumnConstraints sizes = new ColumnConstraints();
        sizes.setHalignment(HPos.RIGHT);
        sizes.setMinWidth(USE_PREF_SIZE);
        ColumnConstraints bars = new ColumnConstraints();
        bars.setMinWidth(USE_PREF_SIZE);
        ColumnConstraints states = new ColumnConstraints();
        states.setHgrow(Priority.ALWAYS);
        states.setMinWidth(0);
        getColumnConstraints().setAll(names, sizes, bars, states);
    }

    void show(List<TransferRow> rows) {
        // The same nodes as long as they are as many: ten changes a second come in.
        while (lines.size() > rows.size()) {
            Line gone = lines.removeLast();
            getChildren().removeAll(gone.name(), gone.size(), gone.bar(), gone.status());
        }
        while (lines.size() < rows.size()) {
            Line line =
                    new Line(
                            Nodes.text(null, "transfer-name"),
                            Nodes.text(null, "muted"),
                            new ProgressBar(0),
                            Nodes.text(null, "muted"));
            line.bar().getStyleClass().add("thin-bar");
            addRow(lines.size(), line.name(), line.size(), line.bar(), line.status());
            lines.add(line);
        }
        for (int i = 0; i < rows.size(); i++) {
            TransferRow row = rows.get(i);
            Line line = lines.get(i);
            line.status().setId("transfer-" + row.kind().name().toLowerCase(Locale.ROOT));
            line.name().setText(row.name());
            line.size().setText(row.size());
            line.bar().setProgress(row.fraction());
            line.bar().setAccessibleText(row.name() + ": " + row.status());
            line.status().setText(row.status());
        }
    }
}
