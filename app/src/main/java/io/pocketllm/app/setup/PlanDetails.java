package io.pocketllm.app.setup;

import io.pocketllm.app.memory.MemoryWords;
import io.pocketllm.app.memory.PartsTable;
import io.pocketllm.app.text.Units;
import io.pocketllm.plan.DeviceFit;
import io.pocketllm.plan.DeviceFit.Verdict;
import io.pocketllm.plan.FirstOrderMemory;
import io.pocketllm.plan.FirstOrderMemory.Optimiser;
import io.pocketllm.plan.RunPlan;
import io.pocketllm.run.Remedy;
import io.pocketllm.run.RunOutlook;
import java.util.Optional;
import javafx.beans.binding.Bindings;
import javafx.geometry.HPos;
import javafx.geometry.Pos;
import javafx.geometry.VPos;
import javafx.scene.control.Button;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/**
 * The whole estimate: where the memory goes, the same training with backpropagation, and changes
 * that make room.
 */
public final class PlanDetails extends VBox {

    private static final double CHANGES_WIDTH = 230;
    private static final double WIDE = 700;
    private static final double MOST_OF_WINDOW = 0.26;

    private final PlanViewModel plan;
    private final PartsTable parts = new PartsTable(1);
    private final GridPane others = new GridPane();
    private final VBox changes = new VBox();

    /** A card that follows the estimate; hidden until it is asked for. */
    public PlanDetails(PlanViewModel plan) {
        this.plan = plan;
        setId("plan-details");
        getStyleClass().addAll("card", "plan-details");
        setMinHeight(USE_PREF_SIZE);
        Label title = new Label("Memory of this run at its peak: estimate");
        title.getStyleClass().add("card-title");
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        Button hide = new Button("Hide");
        hide.setId("plan-hide");
        hide.getStyleClass().add("link-button");
        hide.setOnAction(e -> plan.detailsShownProperty().set(false));
        HBox head = new HBox(title, space, hide);
        head.setAlignment(Pos.CENTER_LEFT);
        others.getStyleClass().add("parts-table");
        changes.getStyleClass().add("plan-changes");
        changes.setPrefWidth(CHANGES_WIDTH);
        FlowPane blocks =
                new FlowPane(
                        block("On this phone", changes),
                        block("Where it goes", parts),
                        block("With backpropagation, all parameters", others));
        blocks.getStyleClass().add("plan-blocks");
        blocks.setRowValignment(VPos.TOP);
        blocks.setPrefWrapLength(WIDE);
        // A small window has no room for all of it beside the charts.
        ScrollPane scroll = new ScrollPane(blocks);
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroll.getStyleClass().add("column-scroll");
        scroll.setFocusTraversable(false);
        scroll.prefHeightProperty()
                .bind(
                        Bindings.createDoubleBinding(
                                () -> Math.min(blocks.getHeight(), mostHeight()),
                                blocks.heightProperty(),
                                sceneProperty()));
        scroll.setMinHeight(USE_PREF_SIZE);
        getChildren().setAll(head, scroll);
        visibleProperty().bind(plan.detailsShownProperty().and(plan.outlookProperty().isNotNull()));
        managedProperty().bind(visibleProperty());
        plan.outlookProperty().addListener(o -> show());
        show();
    }

    private double mostHeight() {
        return getScene() == null ? Double.MAX_VALUE : MOST_OF_WINDOW * getScene().getHeight();
    }

    private static VBox block(String title, Region content) {
        Label words = new Label(title);
        words.getStyleClass().addAll("muted", "small", "plan-block-title");
        words.setMinWidth(USE_PREF_SIZE);
        VBox block = new VBox(words, content);
        block.getStyleClass().add("plan-block");
        return block;
    }

    private void show() {
        RunOutlook outlook = plan.outlookProperty().get();
        if (outlook == null) {
            return;
        }
        parts.show(outlook.plan());
        others.getChildren().clear();
        Optional<DeviceFit> fit = outlook.fit();
        row(0, "this run", outlook.plan(), fit, true);
        int row = 1;
        for (Optimiser optimiser : Optimiser.values()) {
            RunPlan other = FirstOrderMemory.of(outlook.request(), optimiser);
            row(row++, "the same with " + optimiser.label(), other, fit, false);
        }
        Label formula = new Label("fp32, by formula; not measured");
        formula.getStyleClass().addAll("muted", "small");
        others.add(formula, 0, row, 3, 1);
        showChanges(outlook);
    }

    private void row(int row, String name, RunPlan other, Optional<DeviceFit> fit, boolean strong) {
        Label words = new Label(name);
        words.getStyleClass().addAll("small", strong ? "parts-sum" : "muted");
        words.setMinWidth(USE_PREF_SIZE);
        Label bytes = new Label(Units.megabytes(other.totalBytes()));
        bytes.getStyleClass().addAll("small", "parts-bytes");
        bytes.setMinWidth(USE_PREF_SIZE);
        bytes.setTooltip(new Tooltip(MemoryWords.parts(other, "\n")));
        GridPane.setHalignment(bytes, HPos.RIGHT);
        others.add(words, 0, row);
        others.add(bytes, 1, row);
        fit.ifPresent(
                f -> {
                    Verdict verdict = Verdict.of(other.totalBytes(), f.budgetBytes());
                    Label told = new Label(verdict.word());
                    told.getStyleClass().addAll("small", MemoryWords.styleClass(verdict));
                    told.setMinWidth(USE_PREF_SIZE);
                    others.add(told, 2, row);
                });
    }

    private void showChanges(RunOutlook outlook) {
        changes.getChildren().clear();
        changes.getChildren().add(text(summary(outlook)));
        for (Remedy remedy : outlook.remedies()) {
            changes.getChildren()
                    .add(
                            link(
                                    remedy.what() + ": " + Units.megabytes(remedy.totalBytes()),
                                    () -> plan.apply(remedy)));
        }
        if (outlook.killed()) {
            changes.getChildren()
                    .add(link("a phone with more memory", () -> plan.chooseLargerPhone()));
        }
    }

    private String summary(RunOutlook outlook) {
        if (outlook.fit().isEmpty()) {
            return "No phone and no budget: nothing limits this run.";
        }
        DeviceFit fit = outlook.fit().get();
        String grants = fit.name() + " grants " + Units.megabytes(fit.budgetBytes()) + ".\n";
        return switch (fit.verdict()) {
            case FITS -> grants + plan.largestBatch() + ".";
            case TIGHT -> grants + "More room, at the price of time or precision:";
            case KILLED ->
                    grants
                            + (outlook.largestBatch() == 0
                                            && outlook.request().otherRows()
                                                    > outlook.request().batchRows()
                                    ? "The "
                                            + outlook.request().otherRows()
                                            + " rows of an evaluation alone are too many.\n"
                                    : "")
                            + (outlook.remedies().isEmpty()
                                    ? "No smaller setting of this model fits."
                                    : "Any one of these would fit:");
        };
    }

    private static Label text(String words) {
        Label label = new Label(words);
        label.getStyleClass().add("small");
        label.setWrapText(true);
        label.setMinHeight(USE_PREF_SIZE);
        return label;
    }

    private Hyperlink link(String text, Runnable action) {
        Hyperlink link = new Hyperlink(text);
        link.getStyleClass().add("small");
        link.setWrapText(true);
        link.setMinHeight(USE_PREF_SIZE);
        link.disableProperty().bind(plan.lockedProperty());
        link.setOnAction(e -> action.run());
        return link;
    }
}
