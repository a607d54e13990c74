package io.pocketllm.app.train;

import io.pocketllm.app.text.Units;
import java.util.Comparator;
import java.util.List;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.TextArea;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** "Try it": a sentence, and for each class a bar for before training and one for now. */
public final class TryItCard extends VBox {

    /** Further classes would push the card out of the window. */
    private static final int MOST_ROWS = 6;

    private final TryItViewModel tryIt;
    private final GridPane bars = new GridPane();
    private final Label status = new Label();
    private final TextArea text = new TextArea();

    /** A card that follows the view model. */
    public TryItCard(TryItViewModel tryIt) {
        this.tryIt = tryIt;
        getStyleClass().addAll("card", "try-card");
        setId("try-it");
        Label title = new Label("Try it");
        title.getStyleClass().addAll("muted", "small");
        Label legend = new Label("before → now");
        legend.getStyleClass().addAll("muted", "small");
        Button ask = new Button("Ask");
        ask.setId("try-ask");
        ask.getStyleClass().addAll("link-button", "small");
        ask.setTooltip(
                new Tooltip(
                        "What the model thinks of the sentence before training and now (Enter)."
                                + " While a run goes on it is asked again every few seconds."));
        ask.setMinWidth(Region.USE_PREF_SIZE);
        ask.disableProperty()
                .bind(tryIt.availableProperty().not().or(tryIt.textProperty().isEmpty()));
        ask.setOnAction(e -> tryIt.ask());
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        HBox head = new HBox(title, space, legend);
        legend.visibleProperty().bind(tryIt.rowsProperty().isNotEqualTo(List.of()));

        text.setId("try-text");
        text.setPromptText("Type a sentence, press Enter");
        text.setPrefRowCount(2);
        text.setWrapText(true);
        text.getStyleClass().add("try-text");
        text.textProperty().bindBidirectional(tryIt.textProperty());
        text.setAccessibleText("A sentence to try the model with");
        text.addEventFilter(KeyEvent.KEY_PRESSED, this::keyPressed);
        text.disableProperty().bind(tryIt.availableProperty().not());
        text.setMinHeight(Region.USE_PREF_SIZE);
        bars.getStyleClass().add("try-bars");
        status.setWrapText(true);
        status.setId("try-status");
        status.setMinHeight(Region.USE_PREF_SIZE);
        status.getStyleClass().addAll("muted", "small");
        status.textProperty()
                .bind(
                        javafx.beans.binding.Bindings.when(tryIt.availableProperty())
                                .then(tryIt.statusProperty())
                                .otherwise(
                                        "Not offered for free-text answers: they have no classes."));
        HBox foot = new HBox(status, ask);
        HBox.setHgrow(status, Priority.ALWAYS);
        status.setMaxWidth(Double.MAX_VALUE);
        getChildren().setAll(head, text, bars, foot);
        tryIt.rowsProperty().addListener(o -> show());
        show();
    }

    private void keyPressed(KeyEvent e) {
        if (e.getCode() == KeyCode.ENTER) {
            if (e.isShiftDown()) {
                text.replaceSelection("\n");
            } else {
                tryIt.ask();
            }
            e.consume();
        } else if (e.getCode() == KeyCode.TAB && !e.isShortcutDown()) {
            // A text area would take the Tab that moves the focus on.
            e.consume();
            text.requestFocusTraversal(
                    e.isShiftDown()
                            ? javafx.scene.TraversalDirection.PREVIOUS
                            : javafx.scene.TraversalDirection.NEXT);
        }
    }

    private void show() {
        List<TryItViewModel.Row> rows = tryIt.rowsProperty().get();
        bars.getChildren().clear();
        bars.setManaged(!rows.isEmpty());
        setAccessibleText("Try it. " + tryIt.summary());
        double best = rows.stream().mapToDouble(TryItCard::present).max().orElse(0);
        List<TryItViewModel.Row> shown =
                rows.size() <= MOST_ROWS
                        ? rows
                        : rows.stream()
                                .sorted(Comparator.comparingDouble(r -> -present(r)))
                                .limit(MOST_ROWS)
                                .toList();
        for (TryItViewModel.Row row : shown) {
            add(row, present(row) == best);
        }
    }

    /** Now, or before where now is not known. */
    private static double present(TryItViewModel.Row row) {
        return Double.isNaN(row.now()) ? row.before() : row.now();
    }

    private void add(TryItViewModel.Row row, boolean best) {
        int at = bars.getRowCount();
        Label name = new Label(row.label());
        GridPane.setHgrow(name, Priority.ALWAYS);
        name.setMaxWidth(Double.MAX_VALUE);
        Label value = new Label(words(row));
        value.setMinWidth(Region.USE_PREF_SIZE);
        if (best) {
            name.getStyleClass().add("try-best");
            value.getStyleClass().add("try-best");
        }
        VBox both =
                new VBox(
                        bar(row.before(), "accuracy-start"),
                        bar(row.now(), best ? "accuracy-now" : "try-other"));
        both.getStyleClass().add("try-pair");
        bars.addRow(at, name, value);
        bars.add(both, 0, at + 1, 2, 1);
    }

    private static String words(TryItViewModel.Row row) {
        if (Double.isNaN(row.before())) {
            return Units.wholePercent(row.now());
        }
        return Double.isNaN(row.now()) || row.before() == row.now()
                ? Units.wholePercent(row.before())
                : Units.wholePercent(row.before()) + " → " + Units.wholePercent(row.now());
    }

    private static ProgressBar bar(double share, String style) {
        ProgressBar bar = new ProgressBar(Double.isNaN(share) ? 0 : Math.clamp(share, 0, 1));
        bar.setMaxWidth(Double.MAX_VALUE);
        bar.getStyleClass().addAll("thin-bar", "try-bar", style);
        return bar;
    }
}
