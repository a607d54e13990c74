package io.pocketllm.app.shell;

import java.util.Locale;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.RadioMenuItem;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;

/** Title, one tab a page, theme and keys. */
final class Header extends HBox {

    Header(WorkbenchViewModel workbench) {
        getStyleClass().add("header");
        setAlignment(Pos.CENTER_LEFT);
        Label title = new Label("PocketLLM Workbench");
        title.getStyleClass().add("app-title");
        title.setMinWidth(Region.USE_PREF_SIZE);
        HBox tabRow = new HBox();
        for (Place place : Place.values()) {
            tabRow.getChildren().add(tab(place, workbench));
        }
        tabRow.getStyleClass().add("tabs");
        tabRow.setAlignment(Pos.CENTER_LEFT);
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        Button keys = new Button("Keys  ?");
        keys.setId("keys");
        keys.getStyleClass().add("quiet-button");
        keys.setOnAction(
                e -> workbench.keysShownProperty().set(!workbench.keysShownProperty().get()));
        Button search = new Button("Search actions   Ctrl+K");
        search.setId("search");
        search.getStyleClass().addAll("quiet-button", "search-button");
        search.setOnAction(e -> workbench.paletteShownProperty().set(true));
        getChildren().setAll(title, tabRow, space, search, themeMenu(workbench), keys);
    }

    private static ToggleButton tab(Place place, WorkbenchViewModel workbench) {
        ToggleButton tab = new ToggleButton(place.text());
        tab.setId("tab-" + place.name().toLowerCase(Locale.ROOT));
        tab.getStyleClass().add("tab-button");
        tab.setSelected(workbench.placeProperty().get() == place);
        tab.setOnAction(
                e -> {
                    // A second press would take the mark away.
                    tab.setSelected(true);
                    workbench.placeProperty().set(place);
                });
        workbench
                .placeProperty()
                .addListener(
                        (p, before, now) -> {
                            tab.setSelected(now == place);
                            if (now == place) {
                                // The focus was on the page that goes, and would fall to the first
                                // tab.
                                tab.requestFocus();
                            }
                        });
        return tab;
    }

    private static MenuButton themeMenu(WorkbenchViewModel workbench) {
        MenuButton menu = new MenuButton("Theme");
        menu.setId("theme");
        menu.getStyleClass().add("quiet-button");
        ToggleGroup group = new ToggleGroup();
        for (Theme theme : Theme.values()) {
            RadioMenuItem item = new RadioMenuItem(theme.text());
            item.setToggleGroup(group);
            item.setSelected(workbench.appearance().themeProperty().get() == theme);
            item.setOnAction(e -> workbench.appearance().themeProperty().set(theme));
            workbench
                    .appearance()
                    .themeProperty()
                    .addListener((p, before, now) -> item.setSelected(now == theme));
            menu.getItems().add(item);
        }
        return menu;
    }
}
