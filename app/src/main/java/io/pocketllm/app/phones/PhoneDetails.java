package io.pocketllm.app.phones;

import io.pocketllm.app.dialog.Dialogs;
import io.pocketllm.app.train.RunState;
import io.pocketllm.phone.PhoneReading;
import javafx.beans.Observable;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** One phone in full: while it is not ready what to do, else its cards. */
final class PhoneDetails extends VBox {

    private final PhoneViewModel phone;
    private final Label name = Nodes.text("phone-name", "phone-title");
    private final Label facts = Nodes.text(null, "muted");
    private final VBox notReady = new VBox();
    private final Label why = Nodes.text("phone-why", "card-title");
    private final Label toDo = Nodes.text("phone-to-do");
    private final HBox cards;
    private final RunOnPhoneCard run;
    private final Button clean;

    PhoneDetails(
            PhoneViewModel phone,
            ToSendViewModel toSend,
            PhonesPage.Wishes wishes,
            Dialogs dialogs) {
        this.phone = phone;
        getStyleClass().add("column");
        clean = Nodes.button("phone-clean", "Clean up…", phone::clean);
        HBox head = new HBox(name, facts, Nodes.space(), clean);
        head.getStyleClass().add("button-row");
        head.setAlignment(Pos.CENTER_LEFT);
        notReady.getStyleClass().addAll("card", "phone-not-ready");
        notReady.getChildren().setAll(why, toDo);
        ThisPhoneCard card = new ThisPhoneCard(phone.reading(), wishes::simulate);
        SendCard send = new SendCard(phone, toSend, dialogs);
        HBox.setHgrow(send, Priority.ALWAYS);
        cards = new HBox(card, send);
        cards.getStyleClass().add("phone-cards");
        run = new RunOnPhoneCard(phone.run(), wishes::showInRuns);
        getChildren().setAll(head, notReady, cards, run);
        phone.connectedProperty().addListener(o -> show());
        phone.nameProperty().addListener(o -> show());
        phone.reading().readingProperty().addListener(o -> show());
        phone.transfer().busyProperty().addListener(o -> show());
        phone.run().stateProperty().addListener(o -> show());
        phone.run().left().addListener((Observable o) -> show());
        show();
    }

    private void show() {
        name.setText(phone.nameProperty().get());
        facts.setText(facts());
        boolean ready = phone.isReady();
        why.setText(phone.nameProperty().get() + " " + phone.stateWords() + ".");
        toDo.setText(phone.toDo());
        Nodes.show(notReady, !ready);
        // What was told and sent stays in sight while the phone is away.
        boolean known = phone.reading().readingProperty().get() != null;
        Nodes.show(cards, ready || known);
        Nodes.show(
                run,
                ready
                        || phone.run().stateProperty().get() != RunState.READY
                        || !phone.run().left().isEmpty());
        clean.setDisable(!ready || phone.transfer().busyProperty().get());
        Nodes.show(clean, ready || known);
    }

    private String facts() {
        PhoneReading reading = phone.reading().readingProperty().get();
        if (reading == null) {
            return "";
        }
        String android =
                reading.androidRelease().isTold()
                        ? "Android " + reading.androidRelease().value()
                        : "";
        String abi = reading.abi().isTold() ? reading.abi().value().split(",")[0] : "32-bit system";
        return android.isEmpty() ? abi : android + " · " + abi;
    }
}
