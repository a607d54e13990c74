package io.pocketllm.app.phones;

import javafx.beans.binding.Bindings;
import javafx.css.PseudoClass;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.VBox;

/** Asks for a phone's address, and for the code of its pairing window. Nothing waits for it. */
final class LinkPane extends VBox {

    private static final PseudoClass WRONG = PseudoClass.getPseudoClass("wrong");

    private final LinkViewModel link;
    private final Label title = Nodes.title("");
    private final Label help = Nodes.text(null, "muted", "small");
    private final TextField address = new TextField();
    private final TextField code = new TextField();
    private final VBox codeField;
    private final Button submit;
    private final Button cancel;

    LinkPane(LinkViewModel link) {
        this.link = link;
        setId("link-pane");
        getStyleClass().addAll("card", "link-pane");
        address.setId("link-address");
        address.setPromptText("192.168.1.20:37123");
        address.textProperty().bindBidirectional(link.addressProperty());
        code.setId("link-code");
        code.setPromptText("six digits");
        code.textProperty().bindBidirectional(link.codeProperty());
        VBox addressField = field("IP address & Port", address, "link-address-error");
        codeField = field("Wi-Fi pairing code", code, "link-code-error");
        bindError(address, addressField, link.addressErrorProperty());
        bindError(code, codeField, link.codeErrorProperty());
        submit = Nodes.button("link-submit", "", link::submit);
        cancel = Nodes.button("link-cancel", "", link::cancel);
        submit.disableProperty().bind(link.busyProperty());
        address.disableProperty().bind(link.busyProperty());
        code.disableProperty().bind(link.busyProperty());
        cancel.textProperty()
                .bind(Bindings.when(link.busyProperty()).then("Cancel").otherwise("Close"));
        FlowPane buttons = new FlowPane(submit, cancel);
        buttons.getStyleClass().add("button-flow");
        getChildren()
                .setAll(
                        title,
                        help,
                        addressField,
                        codeField,
                        buttons,
                        Nodes.bound("link-told", link.toldProperty(), "small"),
                        Nodes.trouble("link-trouble", link.troubleProperty()));
        address.setOnAction(e -> link.submit());
        code.setOnAction(e -> link.submit());
        setOnKeyPressed(
                e -> {
                    if (e.getCode() == KeyCode.ESCAPE) {
                        link.cancel();
                        e.consume();
                    }
                });
        link.kindProperty().addListener(o -> show());
        show();
    }

    private static VBox field(String label, TextField input, String errorId) {
        Label name = new Label(label);
        name.getStyleClass().addAll("muted", "small");
        name.setLabelFor(input);
        input.setAccessibleText(label);
        VBox field = new VBox(name, input, Nodes.text(errorId, "field-error"));
        field.getStyleClass().add("field");
        return field;
    }

    private static void bindError(
            TextField input, VBox field, javafx.beans.property.ReadOnlyStringProperty error) {
        Label text = (Label) field.getChildren().getLast();
        text.textProperty().bind(error);
        Nodes.showWhileFilled(text, error);
        error.addListener(
                (p, before, now) -> {
                    input.pseudoClassStateChanged(WRONG, !now.isEmpty());
                    input.setAccessibleHelp(now);
                });
    }

    private void show() {
        LinkViewModel.Kind kind = link.kindProperty().get();
        Nodes.show(this, kind != LinkViewModel.Kind.NONE);
        boolean pairing = kind == LinkViewModel.Kind.PAIR;
        title.setText(pairing ? "Pair by code" : "Connect over Wi-Fi");
        help.setText(
                pairing
                        ? "On the phone: Developer options, Wireless debugging, \"Pair device with"
                                + " pairing code\". Keep that window open, and type what it shows."
                        : "On the phone: Developer options, Wireless debugging, \"IP address & Port\"."
                                + " Both can change each time it is switched on. A phone must have been"
                                + " paired once.");
        submit.setText(pairing ? "Pair" : "Connect");
        Nodes.show(codeField, pairing);
        if (kind != LinkViewModel.Kind.NONE) {
            address.requestFocus();
            address.end();
        }
    }
}
