package io.pocketllm.app.help;

import java.util.List;
import java.util.Map;
import javafx.beans.Observable;
import javafx.css.PseudoClass;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** A search over what it finds, or where nothing is searched for over the contents. */
final class ContentsView extends VBox {

    /** More are counted but not listed. */
    private static final int MOST_HITS = 60;

    private static final PseudoClass OPEN = PseudoClass.getPseudoClass("open");

    private final HelpViewModel help;
    private final VBox entries = new VBox();
    private final TextField query = new TextField();

    ContentsView(HelpViewModel help) {
        this.help = help;
        getStyleClass().addAll("card", "help-contents");
        query.setId("help-search");
        query.setPromptText("Search the guide   Ctrl+F");
        query.setAccessibleText("Search the guide");
        query.getStyleClass().add("filter-field");
        query.textProperty().bindBidirectional(help.queryProperty());
        query.setOnKeyPressed(
                e -> {
                    if (e.getCode() == KeyCode.ENTER && !help.hits().isEmpty()) {
                        help.open(help.hits().getFirst().spot());
                        e.consume();
                    } else if (e.getCode() == KeyCode.ESCAPE && !query.getText().isEmpty()) {
                        query.clear();
                        e.consume();
                    }
                });
        Label found = new Label();
        found.setId("help-found");
        found.getStyleClass().addAll("muted", "small");
        found.setWrapText(true);
        found.setMinHeight(USE_PREF_SIZE);
        found.textProperty().bind(help.foundProperty());
        found.visibleProperty().bind(help.foundProperty().isNotEmpty());
        found.managedProperty().bind(found.visibleProperty());
        entries.getStyleClass().add("help-entries");
        ScrollPane scroll = new ScrollPane(entries);
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroll.getStyleClass().add("column-scroll");
        scroll.setFocusTraversable(false);
        VBox.setVgrow(scroll, Priority.ALWAYS);
        getChildren().setAll(query, found, scroll);
        help.hits().addListener((Observable o) -> fill());
        help.queryProperty().addListener(o -> fill());
        help.spotProperty().addListener(o -> fill());
        help.searchWantedProperty().addListener(o -> answerWish());
        fill();
    }

    /** Takes the focus where a search was asked for. */
    void answerWish() {
        if (help.searchWantedProperty().get() && query.getScene() != null) {
            help.searchWantedProperty().set(false);
            query.requestFocus();
            query.selectAll();
        }
    }

    private void fill() {
        entries.getChildren().clear();
        if (!help.queryProperty().get().isBlank()) {
            help.hits().stream().limit(MOST_HITS).forEach(this::addHit);
            return;
        }
        boolean first = true;
        for (Map.Entry<String, List<Article>> group : help.handbook().contents().entrySet()) {
            addGroup(group.getKey());
            if (first) {
                addEntry(HelpCard.FIRST_STEPS.title(), HelpCard.FIRST_STEPS.spot());
                first = false;
            }
            group.getValue().forEach(this::addArticle);
        }
        addGroup("The program");
        addEntry(HelpCard.KEYS.title(), HelpCard.KEYS.spot());
        addEntry(HelpCard.ABOUT.title(), HelpCard.ABOUT.spot());
    }

    private void addGroup(String name) {
        Label label = new Label(name);
        label.getStyleClass().addAll("help-group", "muted", "small");
        entries.getChildren().add(label);
    }

    private void addArticle(Article article) {
        addEntry(article.title(), Spot.top(article.id()));
        if (help.spotProperty().get().page().equals(article.id())) {
            for (Section chapter : HelpViewModel.chapters(article)) {
                Spot spot = new Spot(article.id(), chapter.anchor());
                Button entry = entry(chapter.heading(), spot);
                entry.getStyleClass().add("help-chapter");
                entry.pseudoClassStateChanged(OPEN, help.spotProperty().get().equals(spot));
                entries.getChildren().add(entry);
            }
        }
    }

    private void addEntry(String title, Spot spot) {
        Button entry = entry(title, spot);
        entry.setId("help-entry-" + spot.page());
        entry.pseudoClassStateChanged(OPEN, help.spotProperty().get().page().equals(spot.page()));
        entries.getChildren().add(entry);
    }

    private void addHit(Hit hit) {
        Label heading = new Label(hit.heading().isEmpty() ? hit.page() : hit.heading());
        heading.getStyleClass().add("help-hit-heading");
        Label page = new Label(hit.heading().equals(hit.page()) ? "" : hit.page());
        page.getStyleClass().addAll("muted", "small");
        Label excerpt = new Label(hit.excerpt());
        excerpt.getStyleClass().addAll("muted", "small");
        VBox words = new VBox(heading);
        for (Label label : List.of(page, excerpt)) {
            if (!label.getText().isEmpty()) {
                words.getChildren().add(label);
            }
        }
        for (Node child : words.getChildren()) {
            ((Label) child).setWrapText(true);
            ((Label) child).setMinHeight(USE_PREF_SIZE);
        }
        Button entry = entry("", hit.spot());
        entry.setGraphic(words);
        entry.getStyleClass().add("help-hit");
        entry.setAccessibleText(hit.heading() + ", " + hit.page() + ": " + hit.excerpt());
        entry.pseudoClassStateChanged(OPEN, help.spotProperty().get().equals(hit.spot()));
        words.prefWidthProperty().bind(entry.widthProperty().subtract(16));
        entries.getChildren().add(entry);
    }

    private Button entry(String text, Spot spot) {
        Button entry = new Button(text);
        entry.setMnemonicParsing(false);
        entry.getStyleClass().setAll("help-entry");
        entry.setMaxWidth(Double.MAX_VALUE);
        entry.setWrapText(true);
        entry.setMinHeight(USE_PREF_SIZE);
        entry.setOnAction(e -> help.open(spot));
        return entry;
    }
}
