package io.pocketllm.app.phones;

import io.pocketllm.app.dialog.Dialogs;
import io.pocketllm.phone.PhonePaths;
import io.pocketllm.phone.TransferKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javafx.beans.InvalidationListener;
import javafx.beans.Observable;
import javafx.beans.WeakInvalidationListener;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/** Sends what is set up to a phone, starts it there, or sends what a run has learned. */
final class SendCard extends VBox {

    private final PhoneViewModel phone;
    private final ToSendViewModel toSend;
    private final Dialogs dialogs;
    private final Label setUp = Nodes.text("send-set-up");
    private final Label hold = Nodes.text("send-hold", "muted", "small");
    private final TransferRows rows = new TransferRows();
    private final Button send;
    private final Button run;
    private final MenuButton learned = new MenuButton("Send what a run has learned");

    // What can be sent outlives a phone that is unplugged, and must not keep its card.
    private final InvalidationListener setUpChanged = o -> show();
    private final InvalidationListener learnedChanged = o -> fillLearned();

    SendCard(PhoneViewModel phone, ToSendViewModel toSend, Dialogs dialogs) {
        this.phone = phone;
        this.toSend = toSend;
        this.dialogs = dialogs;
        setId("send-card");
        getStyleClass().addAll("card", "send-card");
        send = Nodes.button("phone-send", "Send only", () -> begin(phone::send));
        run = Nodes.button("phone-run", "Run there", () -> begin(phone::runThere));
        run.getStyleClass().setAll("button", "primary-button");
        learned.setId("phone-send-learned");
        learned.getStyleClass().add("quiet-button");
        learned.setMinWidth(USE_PREF_SIZE);
        Button cancel = Nodes.button("transfer-cancel", "Cancel", phone.transfer()::cancel);
        Label safe = Nodes.text(null, "muted", "small");
        safe.setText("A cut leaves nothing half-written; sending again goes on where it stopped.");
        HBox going = new HBox(cancel, safe);
        going.getStyleClass().add("button-row");
        going.setAlignment(Pos.CENTER_LEFT);
        going.visibleProperty().bind(phone.transfer().busyProperty());
        going.managedProperty().bind(going.visibleProperty());
        FlowPane buttons = new FlowPane(run, send, learned);
        buttons.getStyleClass().add("button-flow");
        Label where = Nodes.text(null, "muted", "small");
        where.setText("Everything goes to " + PhonePaths.BASE + " on the phone, and nowhere else.");
        getChildren()
                .setAll(
                        Nodes.title("Send and run"),
                        setUp,
                        buttons,
                        hold,
                        rows,
                        Nodes.bound("transfer-doing", phone.transfer().doingProperty()),
                        going,
                        Nodes.bound("transfer-told", phone.transfer().toldProperty()),
                        Nodes.trouble("transfer-trouble", phone.transfer().troubleProperty()),
                        where);
        toSend.setUpProperty().addListener(new WeakInvalidationListener(setUpChanged));
        toSend.learned().addListener(new WeakInvalidationListener(learnedChanged));
        phone.transfer().rows().addListener((Observable o) -> show());
        phone.transfer().busyProperty().addListener(o -> show());
        phone.connectedProperty().addListener(o -> show());
        phone.run().stateProperty().addListener(o -> show());
        phone.engineBytesProperty().addListener(o -> show());
        phone.engineTroubleProperty().addListener(o -> show());
        fillLearned();
        show();
    }

    /**
     * The button that is pressed is disabled then, and the focus would fall to Cancel: a second
     * press of Space would take back what the first began.
     */
    private void begin(Runnable action) {
        rows.requestFocus();
        action.run();
    }

    private void show() {
        String words = toSend.setUpProperty().get().words();
        setUp.setText(words.isEmpty() ? "Nothing is set up in Train yet." : words);
        send.setDisable(!phone.hold().isEmpty());
        run.setDisable(!phone.holdRun().isEmpty());
        learned.setDisable(!phone.isReady() || phone.transfer().busyProperty().get());
        // What goes on says itself why nothing else can begin.
        hold.setText(phone.transfer().busyProperty().get() ? "" : phone.holdRun());
        Nodes.show(hold, !hold.getText().isEmpty());
        List<TransferRow> sent = phone.transfer().rows();
        rows.show(sent.isEmpty() ? preview() : sent);
        Nodes.show(rows, !rows.getChildren().isEmpty());
    }

    private List<TransferRow> preview() {
        if (toSend.setUpProperty().get().file() == null) {
            return List.of();
        }
        String model = ToSendViewModel.model(toSend.setUpProperty().get().file());
        Map<TransferKind, Long> sizes = phone.sizes();
        List<TransferRow> rows = new ArrayList<>();
        for (TransferKind kind :
                List.of(
                        TransferKind.ENGINE,
                        TransferKind.MODEL,
                        TransferKind.DATA,
                        TransferKind.RUN)) {
            if (sizes.containsKey(kind)) {
                rows.add(
                        TransferRow.still(
                                kind,
                                model,
                                sizes.get(kind),
                                kind == TransferKind.ENGINE
                                        ? "once; goes with Run there"
                                        : kind == TransferKind.RUN
                                                ? ""
                                                : "where it is not there yet"));
            }
        }
        return rows;
    }

    private void fillLearned() {
        learned.getItems().clear();
        for (PhoneEngine.Learned each : toSend.learned()) {
            String words = each.words().isEmpty() ? "" : " (" + each.words() + ")";
            MenuItem item = new MenuItem(each.name() + words);
            item.setMnemonicParsing(false);
            item.setOnAction(e -> begin(() -> phone.sendLearned(each.folder())));
            learned.getItems().add(item);
        }
        if (learned.getItems().isEmpty()) {
            MenuItem none = new MenuItem("No finished run yet");
            none.setDisable(true);
            learned.getItems().add(none);
        }
        MenuItem other = new MenuItem("The folder of another run…");
        other.setOnAction(
                e ->
                        dialogs.openFolder("Choose the folder of a finished run")
                                .ifPresent(phone::sendLearned));
        learned.getItems().addAll(new SeparatorMenuItem(), other);
    }
}
