package io.pocketllm.app.train;

import java.util.Locale;
import java.util.function.Consumer;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** A {@link Banner} as a card in the page; takes no room while there is none. */
public final class BannerView extends HBox {

    private final Label title = new Label();
    private final Label text = new Label();
    private final FlowPane buttons = new FlowPane(8, 6);
    private final Consumer<Banner.Action> onAction;

    /**
     * @param banner what to show, null for nothing
     * @param onAction does what a button says
     * @param onClose sets the banner aside; null where it cannot be
     */
    public BannerView(
            ObservableValue<Banner> banner, Consumer<Banner.Action> onAction, Runnable onClose) {
        this.onAction = onAction;
        getStyleClass().addAll("card", "banner");
        setAlignment(Pos.TOP_LEFT);
        setAccessibleRole(AccessibleRole.TEXT);
        title.getStyleClass().add("banner-title");
        title.setWrapText(true);
        text.getStyleClass().add("banner-text");
        text.setWrapText(true);
        text.setMinHeight(Region.USE_PREF_SIZE);
        title.setMinHeight(Region.USE_PREF_SIZE);
        VBox words = new VBox(title, text, buttons);
        words.getStyleClass().add("banner-words");
        HBox.setHgrow(words, Priority.ALWAYS);
        getChildren().add(words);
        if (onClose != null) {
            Button close = new Button("Dismiss");
            close.getStyleClass().add("link-button");
            close.setOnAction(e -> onClose.run());
            close.setMinWidth(Region.USE_PREF_SIZE);
            getChildren().add(close);
        }
        banner.addListener((p, before, now) -> show(now));
        show(banner.getValue());
    }

    private void show(Banner banner) {
        setVisible(banner != null);
        setManaged(banner != null);
        if (banner == null) {
            return;
        }
        getStyleClass().removeIf(name -> name.startsWith("banner-tone-"));
        getStyleClass().add("banner-tone-" + banner.tone().name().toLowerCase(Locale.ROOT));
        title.setText(banner.title());
        text.setText(banner.text());
        text.setVisible(!banner.text().isBlank());
        text.setManaged(text.isVisible());
        buttons.getChildren().clear();
        for (Banner.Action action : banner.actions()) {
            Button button = new Button(action.text());
            button.setId("banner-" + action.name().toLowerCase(Locale.ROOT).replace('_', '-'));
            button.getStyleClass().add("quiet-button");
            button.setOnAction(e -> onAction.accept(action));
            buttons.getChildren().add(button);
        }
        buttons.setVisible(!banner.actions().isEmpty());
        buttons.setManaged(buttons.isVisible());
        setAccessibleText(banner.title() + ". " + banner.text());
    }
}
