package io.pocketllm.app.shell;

import io.pocketllm.app.setup.PlanCard;
import io.pocketllm.app.setup.PlanDetails;
import io.pocketllm.app.setup.SetupView;
import io.pocketllm.app.train.AccuracyCard;
import io.pocketllm.app.train.BannerView;
import io.pocketllm.app.train.ChartsView;
import io.pocketllm.app.train.ControlsView;
import io.pocketllm.app.train.FiguresCard;
import io.pocketllm.app.train.LogView;
import io.pocketllm.app.train.PhonePanel;
import io.pocketllm.app.train.TryItCard;
import javafx.scene.Node;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/**
 * The page a run is set up, started and watched on: setup at the left, charts in the middle, the
 * phone at the right.
 */
final class TrainPage extends HBox {

    private final ControlsView controls;

    TrainPage(WorkbenchViewModel workbench) {
        getStyleClass().add("page");
        controls =
                new ControlsView(
                        workbench.train(),
                        workbench.setup().readyBinding(),
                        workbench.setup().holdReasonBinding(),
                        workbench::start,
                        workbench.files()::copyCommand);
        VBox left =
                new VBox(
                        scrolling(
                                new SetupView(
                                        workbench.setup(),
                                        workbench.model(),
                                        workbench.dialogs(),
                                        workbench.files()::chooseRunFile,
                                        workbench::openProfiles,
                                        workbench.probing().resultProperty())),
                        controls);
        left.getStyleClass().addAll("column", "left-column");
        VBox.setVgrow(left.getChildren().getFirst(), Priority.ALWAYS);

        BannerView outcome =
                new BannerView(workbench.train().outcomeProperty(), workbench::act, null);
        outcome.setId("outcome");
        BannerView warning =
                new BannerView(
                        workbench.train().warningProperty(),
                        workbench::act,
                        () -> workbench.train().warningProperty().set(null));
        warning.setId("warning");
        ChartsView charts =
                new ChartsView(
                        workbench.train(),
                        workbench.charts(),
                        workbench.appearance().paletteProperty(),
                        workbench::savePicture,
                        workbench::copyPicture,
                        workbench::saveTable);
        LogView log = new LogView(workbench.train());
        log.visibleProperty().bind(workbench.logShownProperty());
        VBox middle = new VBox(outcome, warning, new PlanDetails(workbench.plan()), charts, log);
        middle.getStyleClass().addAll("column", "middle-column");
        VBox.setVgrow(charts, Priority.ALWAYS);
        HBox.setHgrow(middle, Priority.ALWAYS);
        middle.setMinWidth(300);

        VBox cards =
                new VBox(
                        new PhonePanel(workbench.train(), workbench.setup().fileProperty()),
                        new PlanCard(workbench.plan()),
                        new TryItCard(workbench.tryIt()),
                        new FiguresCard(workbench.train()),
                        new AccuracyCard(workbench.train()));
        cards.getStyleClass().add("column");
        Node right = scrolling(cards);
        right.getStyleClass().add("right-column");
        getChildren().setAll(left, middle, right);
    }

    /** The button that starts, pauses and resumes. */
    Node primaryButton() {
        return controls.primaryButton();
    }

    private static ScrollPane scrolling(Node content) {
        ScrollPane scroll = new ScrollPane(content);
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroll.getStyleClass().add("column-scroll");
        scroll.setFocusTraversable(false);
        return scroll;
    }
}
