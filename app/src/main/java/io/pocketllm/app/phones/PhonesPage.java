package io.pocketllm.app.phones;

import io.pocketllm.app.dialog.Dialogs;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javafx.beans.Observable;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** The page of real phones: all of them at the left, the one that is looked at beside. */
public final class PhonesPage extends HBox {

    /** What the page asks of the window. */
    public interface Wishes {
        /** Chooses a phone profile in Train and shows it. */
        void simulate(String profileId);

        /** Shows a run folder on the page of all runs. */
        void showInRuns(Path folder);
    }

    private final PhonesViewModel phones;
    private final Wishes wishes;
    private final Dialogs dialogs;
    private final VBox list = new VBox();
    private final VBox details = new VBox();
    private final PhonesGuide guide;
    private final List<Node> more;
    private final Map<PhoneViewModel, PhoneCard> cards = new HashMap<>();
    private final Map<PhoneViewModel, PhoneDetails> pages = new HashMap<>();

    /**
     * @param more what stands below the cards of a phone, over the whole width
     */
    public PhonesPage(PhonesViewModel phones, Wishes wishes, Dialogs dialogs, Node... more) {
        this.phones = phones;
        this.wishes = wishes;
        this.dialogs = dialogs;
        this.more = List.of(more);
        this.guide = new PhonesGuide(phones);
        getStyleClass().addAll("page", "phones-page");
        list.getStyleClass().add("column");
        list.setId("phone-list");
        VBox left = new VBox(list, buttons(), new LinkPane(phones.link()), trouble(), adb());
        left.getStyleClass().add("column");
        ScrollPane leftScroll = scrolling(left);
        leftScroll.getStyleClass().add("left-column");
        details.getStyleClass().add("column");
        ScrollPane right = scrolling(details);
        HBox.setHgrow(right, Priority.ALWAYS);
        getChildren().setAll(leftScroll, right);
        phones.phones().addListener((Observable o) -> showList());
        phones.selectedProperty().addListener(o -> showDetails());
        showList();
        showDetails();
    }

    private FlowPane buttons() {
        Button connect =
                Nodes.button(
                        "phones-connect",
                        "Connect…",
                        () -> phones.link().open(LinkViewModel.Kind.CONNECT));
        Button pair =
                Nodes.button(
                        "phones-pair",
                        "Pair by code…",
                        () -> phones.link().open(LinkViewModel.Kind.PAIR));
        FlowPane buttons = new FlowPane(connect, pair);
        buttons.getStyleClass().add("button-flow");
        return buttons;
    }

    /** Beside phones that stay in sight; without any the guide says it. */
    private Label trouble() {
        Label trouble = Nodes.text("phones-trouble", "field-error");
        Runnable show =
                () -> {
                    trouble.setText(phones.troubleProperty().get().text());
                    Nodes.show(
                            trouble,
                            phones.troubleProperty().get().isThere() && !phones.phones().isEmpty());
                };
        phones.troubleProperty().addListener(o -> show.run());
        phones.phones().addListener((Observable o) -> show.run());
        show.run();
        return trouble;
    }

    /** Which adb program a person chose. */
    private VBox adb() {
        Label words = Nodes.text("phones-adb", "muted", "small");
        words.textProperty().bind(phones.adbProperty().map(path -> "adb: " + path));
        Hyperlink usual = new Hyperlink("Use the usual one");
        usual.setId("phones-usual-adb");
        usual.setOnAction(e -> phones.forgetAdb());
        VBox box = new VBox(words, usual);
        Nodes.showWhileFilled(box, phones.adbProperty());
        return box;
    }

    private void showList() {
        cards.keySet().retainAll(phones.phones());
        pages.keySet().retainAll(phones.phones());
        list.getChildren()
                .setAll(
                        phones.phones().stream()
                                .map(p -> (Node) cards.computeIfAbsent(p, this::card))
                                .toList());
        Nodes.show(list, !phones.phones().isEmpty());
        mark();
    }

    private PhoneCard card(PhoneViewModel phone) {
        return new PhoneCard(phone, () -> phones.selectedProperty().set(phone));
    }

    private void mark() {
        cards.forEach((phone, card) -> card.chosen(phone == phones.selectedProperty().get()));
    }

    private void showDetails() {
        mark();
        PhoneViewModel phone = phones.selectedProperty().get();
        if (phone == null) {
            details.getChildren().setAll(guide);
            return;
        }
        details.getChildren()
                .setAll(
                        pages.computeIfAbsent(
                                phone, p -> new PhoneDetails(p, phones.toSend(), wishes, dialogs)));
        details.getChildren().addAll(more);
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
