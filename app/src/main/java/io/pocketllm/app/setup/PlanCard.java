package io.pocketllm.app.setup;

import io.pocketllm.app.memory.MemoryWords;
import io.pocketllm.app.memory.PartsBar;
import io.pocketllm.app.text.Units;
import io.pocketllm.plan.DeviceFit.Verdict;
import io.pocketllm.run.Remedy;
import io.pocketllm.run.RunOutlook;
import javafx.geometry.Pos;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** Before the run: whether it fits its phone, by estimate, and what would. */
public final class PlanCard extends VBox {

    private final PlanViewModel plan;
    private final Label verdict = new Label();
    private final Label need = new Label();
    private final Label batch = new Label();
    private final Label time = new Label();
    private final PartsBar bar = new PartsBar();
    private final Hyperlink offer = new Hyperlink();
    private final Hyperlink details = new Hyperlink();

    /** A card that follows the estimate. */
    public PlanCard(PlanViewModel plan) {
        this.plan = plan;
        setId("plan-card");
        getStyleClass().addAll("card", "setup-card", "plan-card");
        setMinHeight(USE_PREF_SIZE);
        Label kind = new Label("Estimate for this run");
        kind.getStyleClass().addAll("muted", "small");
        kind.setTooltip(
                new Tooltip(
                        "Peak memory by formula from the model's sizes, within about 10 % of what"
                                + " was measured."));
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        details.setId("plan-details-link");
        details.getStyleClass().add("small");
        details.setOnAction(
                e -> {
                    details.setVisited(false);
                    plan.detailsShownProperty().set(!plan.detailsShownProperty().get());
                });
        details.setMinWidth(USE_PREF_SIZE);
        verdict.setId("plan-verdict");
        verdict.setMinWidth(USE_PREF_SIZE);
        verdict.managedProperty().bind(verdict.textProperty().isNotEmpty());
        need.setId("plan-need");
        need.setWrapText(true);
        HBox head = new HBox(kind, space, details);
        head.setAlignment(Pos.CENTER_LEFT);
        HBox words = new HBox(verdict, need);
        words.getStyleClass().add("plan-words");
        words.setAlignment(Pos.BASELINE_LEFT);
        batch.setId("plan-batch");
        batch.getStyleClass().addAll("muted", "small");
        batch.setWrapText(true);
        batch.setMinHeight(USE_PREF_SIZE);
        batch.managedProperty().bind(batch.visibleProperty());
        time.setId("plan-time");
        time.getStyleClass().addAll("muted", "small");
        time.setWrapText(true);
        time.setMinHeight(USE_PREF_SIZE);
        time.setTooltip(
                new Tooltip(
                        "Steps alone, on the simulated phone, with the heat they make. Reading the"
                                + " model and evaluations come on top. May be off by a factor of two"
                                + " on a real phone."));
        time.visibleProperty().bind(time.textProperty().isNotEmpty());
        time.managedProperty().bind(time.visibleProperty());
        offer.setId("plan-offer");
        offer.getStyleClass().add("small");
        offer.setWrapText(true);
        offer.setMinHeight(USE_PREF_SIZE);
        offer.managedProperty().bind(offer.visibleProperty());
        bar.managedProperty().bind(bar.visibleProperty());
        getChildren().setAll(head, words, bar, batch, time, offer);
        plan.outlookProperty().addListener(o -> show());
        plan.problemProperty().addListener(o -> show());
        plan.detailsShownProperty().addListener(o -> show());
        plan.lockedProperty().addListener(o -> show());
        // A number that is being typed over is pale until its own answer is there.
        plan.pendingProperty()
                .addListener(
                        (p, before, now) -> {
                            words.setOpacity(now ? 0.6 : 1);
                            show();
                        });
        show();
    }

    private void show() {
        RunOutlook outlook = plan.outlookProperty().get();
        verdict.getStyleClass().setAll("label", "plan-verdict");
        details.setVisible(outlook != null);
        details.setText(plan.detailsShownProperty().get() ? "Hide details" : "Details");
        bar.setVisible(outlook != null);
        batch.setVisible(outlook != null && outlook.fit().isPresent());
        offer.setVisible(false);
        time.setText(plan.time());
        if (outlook == null) {
            verdict.setText("");
            String why = plan.problemProperty().get();
            need.setText(why.isEmpty() ? unknown() : why);
            need.getStyleClass().setAll("label", why.isEmpty() ? "muted" : "field-error");
            need.setMinHeight(USE_PREF_SIZE);
            return;
        }
        need.getStyleClass().setAll("label");
        long bytes = outlook.plan().totalBytes();
        long budget = outlook.fit().map(fit -> fit.budgetBytes()).orElse(0L);
        bar.show(outlook.plan(), budget);
        if (outlook.fit().isEmpty()) {
            verdict.setText("No limit");
            need.setText(Units.megabytes(bytes));
            return;
        }
        Verdict word = outlook.fit().get().verdict();
        verdict.setText(MemoryWords.verdict(word));
        verdict.getStyleClass().add(MemoryWords.styleClass(word));
        need.setText(MemoryWords.ofBudget(bytes, budget));
        batch.setText(
                word == Verdict.TIGHT
                        ? plan.largestBatch() + ". An estimate can be off by this much."
                        : plan.largestBatch());
        if (word == Verdict.KILLED && !plan.lockedProperty().get()) {
            showOffer(outlook);
        }
    }

    private String unknown() {
        return plan.pendingProperty().get() ? "Looking it up…" : "No estimate without a model.";
    }

    private void showOffer(RunOutlook outlook) {
        offer.setVisible(true);
        offer.setVisited(false);
        if (outlook.remedies().isEmpty()) {
            offer.setText("Choose a phone with more memory");
            offer.setOnAction(e -> plan.chooseLargerPhone());
            return;
        }
        Remedy first = outlook.remedies().getFirst();
        offer.setText(
                "Would fit: " + first.what() + " (" + Units.megabytes(first.totalBytes()) + ")");
        offer.setOnAction(e -> plan.apply(first));
    }
}
