package io.pocketllm.app.help;

import io.pocketllm.app.text.Versions;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** The pages that do something: first steps, keys, about. */
final class CardPages {

    private final HelpViewModel help;
    private final HelpWishes wishes;

    CardPages(HelpViewModel help, HelpWishes wishes) {
        this.help = help;
        this.wishes = wishes;
    }

    /** A page, made anew. */
    VBox page(HelpCard card) {
        VBox page = new VBox(title(card.title()));
        page.getStyleClass().add("guide-article");
        page.setId("help-" + card.id());
        page.getChildren()
                .addAll(
                        switch (card) {
                            case FIRST_STEPS -> firstSteps();
                            case KEYS -> keys();
                            case ABOUT -> about();
                        });
        return page;
    }

    private List<Node> firstSteps() {
        return List.of(
                words(
                        "This program fine-tunes a language model the way a phone can: with forward"
                                + " passes only, inside a phone's memory, on your own texts. Nothing"
                                + " leaves this computer."),
                step(
                        "1",
                        "See it learn",
                        "A small model learns to sort a night nurse's inbox. Loss falls and accuracy"
                                + " rises within a minute or two; Stop ends it at any step.",
                        startButton()),
                step(
                        "2",
                        "Take your own model",
                        "A folder with config.json and safetensors, as Hugging Face has them. It is"
                                + " read where it is, never copied. An ONNX file is chosen in the"
                                + " model's card in Train, or dropped on the window.",
                        button("Open a model…", "help-open-model", wishes::openModel)),
                step(
                        "3",
                        "Ask which phone it fits",
                        "Every model, base and method against every phone: what fits, what the phone"
                                + " would kill, and what backpropagation would need.",
                        button("See what fits", "help-show-fits", wishes::showFits)),
                subtitle("Then"),
                links(
                        "The window, place by place",
                        Spot.top(Handbook.START),
                        "Your own data",
                        Spot.top("data"),
                        "Which method does what",
                        Spot.top("methods"),
                        "On a real phone",
                        Spot.top("phones")));
    }

    private List<Node> keys() {
        List<HelpWishes.KeyLine> all = wishes.keys();
        VBox without = new VBox();
        without.getStyleClass().add("guide-list");
        all.stream()
                .filter(line -> line.key().isEmpty())
                .forEach(line -> without.getChildren().add(new Label(line.what())));
        return List.of(
                new KeysGrid(all, 1),
                subtitle("Without a key"),
                words("Ctrl+K finds these, and all of the above, by a few letters of their name."),
                without);
    }

    private List<Node> about() {
        GridPane facts = new GridPane();
        facts.getStyleClass().add("about-facts");
        int row = 0;
        for (Versions.Fact fact : Versions.facts()) {
            row(facts, row++, fact.name(), fact.value());
        }
        GridPane folders = new GridPane();
        folders.getStyleClass().add("about-facts");
        row(folders, 0, "runs", wishes.folders().runs().toString());
        row(folders, 1, "settings", wishes.folders().settings().toString());
        row(folders, 2, "cache", wishes.folders().cache().toString());
        return List.of(
                facts,
                button(
                        "Copy report",
                        "help-copy-report",
                        () -> wishes.copy(wishes.report(), "Report copied.")),
                small(
                        "Versions and system; after a run also its phone, run file and last events."
                                + " Your home folder and your name are taken out."),
                subtitle("Folders"),
                words(
                        "The program writes to these three and nowhere else. The cache can be thrown"
                                + " away at any time."),
                folders,
                subtitle("Licences"),
                words(
                        "This program is under the Apache License 2.0. Its libraries have their own:"
                                + " Apache 2.0, MIT, BSD, LGPL (JFreeChart) and GPL with Classpath"
                                + " Exception (Java, JavaFX). The installed program has all texts in"
                                + " its folder lib/licences."),
                links("What is used, and why", Spot.top("dependencies")));
    }

    private static void row(GridPane grid, int row, String name, String value) {
        Label nameLabel = new Label(name);
        nameLabel.getStyleClass().add("muted");
        nameLabel.setMinWidth(Region.USE_PREF_SIZE);
        Label valueLabel = words(value);
        grid.addRow(row, nameLabel, valueLabel);
    }

    private static Node step(String number, String what, String words, Button button) {
        Label title = new Label(what);
        title.getStyleClass().add("card-title");
        VBox content = new VBox(title, words(words), button);
        content.getStyleClass().add("guide-item");
        HBox row = new ListRow(number, content);
        row.getStyleClass().add("guide-step");
        return row;
    }

    private Node links(Object... namesAndSpots) {
        VBox box = new VBox();
        box.getStyleClass().add("guide-links");
        for (int i = 0; i < namesAndSpots.length; i += 2) {
            Spot spot = (Spot) namesAndSpots[i + 1];
            Hyperlink link = new Hyperlink((String) namesAndSpots[i]);
            link.getStyleClass().add("guide-link");
            link.setOnAction(e -> help.open(spot));
            box.getChildren().add(link);
        }
        return box;
    }

    private Button startButton() {
        Button start = button("Start the sample run", "help-start-sample", wishes::startSample);
        start.getStyleClass().setAll("button", "primary-button");
        return start;
    }

    private static Button button(String text, String id, Runnable does) {
        Button button = new Button(text);
        button.setId(id);
        button.getStyleClass().add("quiet-button");
        button.setOnAction(e -> does.run());
        return button;
    }

    private static Label title(String text) {
        Label label = new Label(text);
        label.getStyleClass().addAll("guide-heading", "guide-h1");
        return label;
    }

    private static Label subtitle(String text) {
        Label label = new Label(text);
        label.getStyleClass().addAll("guide-heading", "guide-h2");
        return label;
    }

    private static Label words(String text) {
        Label label = new Label(text);
        label.getStyleClass().add("guide-words");
        label.setWrapText(true);
        label.setMinHeight(Region.USE_PREF_SIZE);
        return label;
    }

    private static Label small(String text) {
        Label label = words(text);
        label.getStyleClass().addAll("muted", "small");
        return label;
    }
}
