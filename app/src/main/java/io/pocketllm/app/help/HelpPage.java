package io.pocketllm.app.help;

import java.util.Optional;
import javafx.application.Platform;
import javafx.css.PseudoClass;
import javafx.geometry.Bounds;
import javafx.geometry.Pos;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/** The place of help: contents and search at the left, a page at the right. */
public final class HelpPage extends HBox {

    private static final PseudoClass MARKED = PseudoClass.getPseudoClass("marked");

    private final HelpViewModel help;
    private final HelpWishes wishes;
    private final CardPages cards;
    private final ContentsView contents;
    private final Label where = new Label();
    private final StackPane holder = new StackPane();
    private final ScrollPane scroll = new ScrollPane(holder);
    private String shown = "";
    private ArticleView article;

    /** The place, on the page that is read. */
    public HelpPage(HelpViewModel help, HelpWishes wishes) {
        this.help = help;
        this.wishes = wishes;
        cards = new CardPages(help, wishes);
        contents = new ContentsView(help);
        getStyleClass().addAll("page", "help-page");
        scroll.setId("help-scroll");
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroll.getStyleClass().add("column-scroll");
        holder.setAlignment(Pos.TOP_LEFT);
        holder.getStyleClass().add("help-holder");
        VBox.setVgrow(scroll, Priority.ALWAYS);
        VBox reader = new VBox(bar(), problem(), scroll);
        reader.getStyleClass().addAll("card", "help-reader");
        HBox.setHgrow(reader, Priority.ALWAYS);
        getChildren().setAll(contents, reader);
        help.spotProperty().addListener(o -> show());
        sceneProperty()
                .addListener(
                        o -> {
                            contents.answerWish();
                            jump(help.spotProperty().get().anchor());
                        });
        show();
    }

    private HBox bar() {
        Button back = new Button("‹ Back");
        back.setId("help-back");
        back.getStyleClass().add("quiet-button");
        back.setMinWidth(USE_PREF_SIZE);
        back.disableProperty().bind(help.canGoBackProperty().not());
        back.setOnAction(e -> help.back());
        where.setId("help-where");
        where.getStyleClass().add("muted");
        HBox bar = new HBox(back, where);
        bar.getStyleClass().add("runs-toolbar");
        bar.setAlignment(Pos.CENTER_LEFT);
        return bar;
    }

    private Label problem() {
        Label problem = new Label();
        problem.setId("help-problem");
        problem.getStyleClass().add("field-error");
        problem.textProperty().bind(help.problemProperty());
        problem.visibleProperty().bind(help.problemProperty().isNotEmpty());
        problem.managedProperty().bind(problem.visibleProperty());
        return problem;
    }

    private void show() {
        Spot spot = help.spotProperty().get();
        String group = help.group();
        where.setText(group.isEmpty() ? help.title() : group + "  ›  " + help.title());
        if (!spot.page().equals(shown)) {
            shown = spot.page();
            article = null;
            holder.getChildren()
                    .setAll(HelpCard.of(spot.page()).map(cards::page).orElseGet(this::read));
        }
        jump(spot.anchor());
    }

    private VBox read() {
        article =
                new ArticleView(
                        help.handbook().find(shown).orElseThrow(),
                        this::follow,
                        code -> wishes.copy(code, "Copied."));
        article.setId("help-article");
        return article;
    }

    private void follow(LinkTarget target) {
        switch (target) {
            case LinkTarget.Inside inside -> help.open(inside.spot());
            case LinkTarget.Outside outside ->
                    wishes.copy(outside.address(), "Address copied: " + outside.address());
        }
    }

    /** Scrolls to a heading and marks it; to the top where there is none. */
    private void jump(String anchor) {
        Optional<Label> heading =
                article == null || anchor.isEmpty() ? Optional.empty() : article.heading(anchor);
        if (article != null) {
            article.lookupAll(".guide-heading")
                    .forEach(
                            h ->
                                    h.pseudoClassStateChanged(
                                            MARKED, heading.filter(h::equals).isPresent()));
        }
        afterLayout(() -> scroll.setVvalue(heading.map(this::scrollTo).orElse(0.0)));
    }

    /** Where a heading is, is known once all above it has its height. */
    private void afterLayout(Runnable action) {
        Scene scene = getScene();
        if (scene == null) {
            return;
        }
        Runnable[] once = new Runnable[1];
        once[0] =
                () -> {
                    scene.removePostLayoutPulseListener(once[0]);
                    action.run();
                };
        scene.addPostLayoutPulseListener(once[0]);
        Platform.requestNextPulse();
    }

    private double scrollTo(Label heading) {
        Bounds at = holder.sceneToLocal(heading.localToScene(heading.getBoundsInLocal()));
        double rest = holder.getHeight() - scroll.getViewportBounds().getHeight();
        return rest <= 0 ? 0 : Math.clamp((at.getMinY() - 8) / rest, 0, 1);
    }
}
