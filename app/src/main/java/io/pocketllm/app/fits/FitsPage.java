package io.pocketllm.app.fits;

import io.pocketllm.app.text.Units;
import io.pocketllm.device.DeviceProfile;
import java.util.Locale;
import java.util.function.BiConsumer;
import javafx.beans.Observable;
import javafx.beans.binding.Bindings;
import javafx.geometry.Pos;
import javafx.scene.control.CheckBox;
import javafx.scene.control.CustomMenuItem;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.controlsfx.control.SegmentedButton;

/** The page of what fits where: the table over the parts of the cell that is looked at. */
public final class FitsPage extends VBox {

    private final FitsViewModel fits;

    /**
     * @param choose sets up a row on a phone, by its id
     */
    public FitsPage(FitsViewModel fits, BiConsumer<FitRow, String> choose) {
        this.fits = fits;
        getStyleClass().addAll("page", "fits-page");
        FitsTable table = new FitsTable(fits, choose);
        VBox.setVgrow(table, Priority.ALWAYS);
        VBox card = new VBox(toolbar(), problem(), table);
        card.getStyleClass().addAll("card", "runs-card");
        VBox.setVgrow(card, Priority.ALWAYS);
        FitDetails details = new FitDetails(fits);
        details.setMinHeight(USE_PREF_SIZE);
        getChildren().setAll(card, details);
    }

    private HBox toolbar() {
        Label title = new Label("What fits where");
        title.getStyleClass().add("card-title");
        title.setMinWidth(USE_PREF_SIZE);
        Label basis = new Label();
        basis.setId("fits-basis");
        basis.getStyleClass().add("muted");
        basis.textProperty()
                .bind(
                        Bindings.when(fits.quantityProperty().isEqualTo(CellQuantity.MEMORY))
                                .then(fits.basisProperty())
                                .otherwise(fits.timeBasisProperty())
                                .concat(" · estimates"));
        Tooltip whole = new Tooltip();
        whole.textProperty().bind(basis.textProperty());
        basis.setTooltip(whole);
        ProgressBar bar = new ProgressBar();
        bar.setId("fits-progress");
        bar.progressProperty().bind(fits.progressProperty());
        bar.getStyleClass().add("thin-bar");
        bar.setPrefWidth(90);
        Label doing = new Label();
        doing.getStyleClass().addAll("muted", "small");
        doing.textProperty().bind(fits.progressTextProperty());
        doing.setMinWidth(USE_PREF_SIZE);
        HBox progress = new HBox(bar, doing);
        progress.getStyleClass().add("runs-toolbar");
        progress.setAlignment(Pos.CENTER_LEFT);
        progress.visibleProperty().bind(fits.progressTextProperty().isNotEmpty());
        progress.managedProperty().bind(progress.visibleProperty());
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        TextField filter = new TextField();
        filter.setId("fits-filter");
        filter.setPromptText("filter: model, base…");
        filter.setAccessibleText("Filter rows");
        filter.setPrefColumnCount(12);
        filter.getStyleClass().add("filter-field");
        filter.textProperty().bindBidirectional(fits.filterProperty());
        HBox tools = new HBox(title, basis, space, progress, quantities(), filter, phones());
        tools.getStyleClass().add("runs-toolbar");
        tools.setAlignment(Pos.CENTER_LEFT);
        return tools;
    }

    /** What the cells tell. */
    private SegmentedButton quantities() {
        SegmentedButton box = new SegmentedButton();
        for (CellQuantity quantity : CellQuantity.values()) {
            ToggleButton button = new ToggleButton(quantity.label());
            button.setId("fits-show-" + quantity.name().toLowerCase(Locale.ROOT).replace('_', '-'));
            button.setMinWidth(USE_PREF_SIZE);
            button.setSelected(fits.quantityProperty().get() == quantity);
            button.setOnAction(
                    e -> {
                        // One is always chosen.
                        button.setSelected(true);
                        fits.quantityProperty().set(quantity);
                    });
            fits.quantityProperty()
                    .addListener((p, before, now) -> button.setSelected(now == quantity));
            box.getButtons().add(button);
        }
        return box;
    }

    private Label problem() {
        Label problem = new Label();
        problem.setId("fits-problem");
        problem.getStyleClass().addAll("field-error", "fits-problem");
        problem.setWrapText(true);
        problem.textProperty().bind(fits.problemProperty());
        problem.visibleProperty().bind(fits.problemProperty().isNotEmpty());
        problem.managedProperty().bind(problem.visibleProperty());
        return problem;
    }

    private MenuButton phones() {
        MenuButton menu = new MenuButton();
        menu.setId("fits-phones");
        menu.getStyleClass().add("quiet-button");
        menu.setMinWidth(USE_PREF_SIZE);
        menu.setTooltip(new Tooltip("Which phones have a column."));
        MenuItem all = new MenuItem("All phones");
        all.setOnAction(e -> fits.showAllPhones(true));
        MenuItem few = new MenuItem("One of each budget");
        few.setOnAction(e -> fits.showAllPhones(false));
        Runnable fill =
                () -> {
                    menu.getItems().setAll(all, few, new SeparatorMenuItem());
                    fits.phones().forEach(phone -> menu.getItems().add(choice(phone)));
                };
        fits.phones().addListener((Observable o) -> fill.run());
        fill.run();
        Runnable count =
                () ->
                        menu.setText(
                                "Phones: " + fits.columns().size() + " of " + fits.phones().size());
        fits.columns().addListener((Observable o) -> count.run());
        count.run();
        return menu;
    }

    /** The menu stays open, so that several phones can be chosen. */
    private CustomMenuItem choice(DeviceProfile phone) {
        CheckBox box =
                new CheckBox(
                        PhoneNames.full(phone) + ", " + Units.nominalGigabytes(phone.ramBytes()));
        box.setId("fits-phone-" + phone.id());
        box.setMnemonicParsing(false);
        box.setSelected(fits.columns().contains(phone));
        box.setOnAction(
                e -> {
                    fits.showPhone(phone, box.isSelected());
                    box.setSelected(fits.columns().contains(phone));
                });
        fits.columns()
                .addListener((Observable o) -> box.setSelected(fits.columns().contains(phone)));
        return new CustomMenuItem(box, false);
    }
}
