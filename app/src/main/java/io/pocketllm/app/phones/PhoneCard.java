package io.pocketllm.app.phones;

import java.util.Locale;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** A phone in the list: what it is called, how it is connected, its state and what to do. */
final class PhoneCard extends VBox {

    private static final PseudoClass CHOSEN = PseudoClass.getPseudoClass("chosen");

    private final PhoneViewModel phone;
    private final Region dot = new Region();
    private final Label name = Nodes.text(null, "phone-list-name");
    private final Label link = Nodes.text(null, "muted", "small");
    private final Label state = Nodes.text(null, "phone-list-state");
    private final Label toDo = Nodes.text(null, "small");
    private final Label going = Nodes.text(null, "small", "phone-list-going");

    /**
     * @param choose looks at it
     */
    PhoneCard(PhoneViewModel phone, Runnable choose) {
        this.phone = phone;
        setId("phone-" + phone.serial().replaceAll("[^A-Za-z0-9]+", "-"));
        getStyleClass().addAll("card", "phone-list-card");
        setFocusTraversable(true);
        setAccessibleRole(AccessibleRole.RADIO_BUTTON);
        HBox head = new HBox(dot, name);
        head.getStyleClass().add("phone-list-head");
        head.setAlignment(Pos.CENTER_LEFT);
        getChildren().setAll(head, link, state, toDo, going);
        setOnMouseClicked(
                e -> {
                    requestFocus();
                    choose.run();
                });
        setOnKeyPressed(
                e -> {
                    if (e.getCode() == KeyCode.ENTER) {
                        choose.run();
                        e.consume();
                    }
                });
        phone.connectedProperty().addListener(o -> show());
        phone.nameProperty().addListener(o -> show());
        phone.run().revisionProperty().addListener(o -> show());
        phone.run().left().addListener((javafx.beans.Observable o) -> show());
        phone.transfer().doingProperty().addListener(o -> show());
        show();
    }

    /** Marks it as the one that is looked at, or not. */
    void chosen(boolean chosen) {
        pseudoClassStateChanged(CHOSEN, chosen);
    }

    private void show() {
        String tone = phone.tone().name().toLowerCase(Locale.ROOT);
        dot.getStyleClass().setAll("phone-dot", "phone-tone-" + tone);
        name.setText(phone.nameProperty().get());
        String over = phone.linkProperty().get();
        link.setText(over.isEmpty() ? phone.serial() : over + " · " + phone.serial());
        state.setText(Nodes.capital(phone.stateWords()));
        toDo.setText(phone.toDo());
        Nodes.show(toDo, !phone.toDo().isEmpty());
        going.setText(going());
        Nodes.show(going, !going.getText().isEmpty());
        setAccessibleText(
                name.getText()
                        + ", "
                        + link.getText()
                        + ", "
                        + state.getText()
                        + ". "
                        + toDo.getText()
                        + " "
                        + going.getText());
    }

    private String going() {
        if (!phone.transfer().doingProperty().get().isEmpty()) {
            return phone.transfer().doingProperty().get();
        }
        if (phone.run().stateProperty().get().isActive()) {
            return phone.run().name() + ": " + PhoneRunWords.state(phone.run());
        }
        return phone.run().left().isEmpty() ? "" : "A run was left on it.";
    }
}
