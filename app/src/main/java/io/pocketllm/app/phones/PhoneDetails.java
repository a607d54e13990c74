package io.pocketllm.app.phones;

import io.pocketllm.app.dialog.Dialogs;
import io.pocketllm.app.train.RunState;
import io.pocketllm.phone.PhoneReading;
import java.util.List;
import javafx.beans.Observable;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** One phone in full: while it is not ready what to do, else its cards. */
final class PhoneDetails extends VBox {

    /** Both columns, in letters' sizes. */
    private static final double NARROW_EMS = 64;

    private final PhoneViewModel phone;
    private final Label name = Nodes.text("phone-name", "phone-title");
    private final Label facts = Nodes.text(null, "muted");
    private final VBox notReady = new VBox();
    private final Label why = Nodes.text("phone-why", "card-title");
    private final VBox toDo = new VBox();
    private final GridPane cards = new GridPane();
    private final VBox work;
    private Boolean narrow;
    private final ThisPhoneCard card;
    private final SendCard send;
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
        toDo.setId("phone-to-do");
        toDo.getStyleClass().add("phones-steps");
        Label then = Nodes.text(null, "muted");
        then.setText("It shows here by itself when that is done.");
        notReady.getChildren().setAll(why, toDo, then);
        card = new ThisPhoneCard(phone.reading(), wishes::simulate);
        send = new SendCard(phone, toSend, dialogs);
        run = new RunOnPhoneCard(phone.run(), wishes::showInRuns);
        work = new VBox(send, run);
        work.getStyleClass().add("column");
        work.setMinWidth(0);
        VBox.setVgrow(run, Priority.ALWAYS);
        cards.getStyleClass().add("phone-cards");
        widthProperty().addListener(o -> arrange());
        getChildren().setAll(head, notReady, cards);
        phone.connectedProperty().addListener(o -> show());
        phone.nameProperty().addListener(o -> show());
        phone.reading().readingProperty().addListener(o -> show());
        phone.transfer().busyProperty().addListener(o -> show());
        phone.run().stateProperty().addListener(o -> show());
        phone.run().left().addListener((Observable o) -> show());
        show();
    }

    /** Beside each other; where letters are large or the window is small, below each other. */
    private void arrange() {
        boolean small = getWidth() > 0 && getWidth() < NARROW_EMS * facts.getFont().getSize();
        boolean now = small || !card.isVisible();
        if (narrow != null && narrow == now) {
            return;
        }
        narrow = now;
        cards.getChildren().clear();
        cards.getColumnConstraints().clear();
        ColumnConstraints grows = new ColumnConstraints();
        grows.setHgrow(Priority.ALWAYS);
        card.setMaxWidth(Double.MAX_VALUE);
        if (now) {
            cards.getColumnConstraints().setAll(grows);
            cards.addColumn(0, work, card);
        } else {
            ColumnConstraints told = new ColumnConstraints();
            told.setMinWidth(USE_PREF_SIZE);
            told.setHgrow(Priority.NEVER);
            cards.getColumnConstraints().setAll(told, grows);
            cards.addRow(0, card, work);
        }
        GridPane.setVgrow(card, Priority.ALWAYS);
    }

    private void show() {
        name.setText(phone.nameProperty().get());
        facts.setText(facts());
        boolean ready = phone.isReady();
        why.setText(phone.nameProperty().get() + " " + phone.stateWords() + ".");
        // Each sentence of the hint is a step of its own.
        toDo.getChildren().setAll(Nodes.steps(List.of(phone.toDo().split("(?<=\\.) "))));
        Nodes.show(notReady, !ready);
        // What was told and sent stays in sight while the phone is away.
        boolean known = phone.reading().readingProperty().get() != null;
        boolean anyRun =
                phone.run().stateProperty().get() != RunState.READY
                        || !phone.run().left().isEmpty();
        Nodes.show(card, ready || known);
        Nodes.show(send, ready || known);
        Nodes.show(run, ready || anyRun);
        Nodes.show(cards, ready || known || anyRun);
        arrange();
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
