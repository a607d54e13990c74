package io.pocketllm.app.shell;

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

    private final ToggleGroup tabs = new ToggleGroup();
    private final HBox tabRow = new HBox();

    Header(WorkbenchViewModel workbench) {
        getStyleClass().add("header");
        setAlignment(Pos.CENTER_LEFT);
        Label title = new Label("PocketLLM Workbench");
        title.getStyleClass().add("app-title");
        title.setMinWidth(Region.USE_PREF_SIZE);
        tabRow.getStyleClass().add("tabs");
        tabRow.setAlignment(Pos.CENTER_LEFT);
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        Button keys = new Button("Keys  ?");
        keys.setId("keys");
        keys.getStyleClass().add("quiet-button");
        keys.setOnAction(
                e -> workbench.keysShownProperty().set(!workbench.keysShownProperty().get()));
        getChildren().setAll(title, tabRow, space, themeMenu(workbench), keys);
    }

    /** Adds a tab; the first one added is on. */
    void addTab(String name, Runnable show) {
        ToggleButton tab = new ToggleButton(name);
        tab.getStyleClass().add("tab-button");
        tab.setToggleGroup(tabs);
        tab.setOnAction(
                e -> {
                    tab.setSelected(true);
                    show.run();
                });
        tabRow.getChildren().add(tab);
        if (tabs.getToggles().size() == 1) {
            tab.setSelected(true);
        }
    }

    private static MenuButton themeMenu(WorkbenchViewModel workbench) {
        MenuButton menu = new MenuButton("Theme");
        menu.setId("theme");
        menu.getStyleClass().add("quiet-button");
        ToggleGroup group = new ToggleGroup();
        for (Theme theme : Theme.values()) {
            RadioMenuItem item = new RadioMenuItem(theme.text());
            item.setToggleGroup(group);
            item.setSelected(workbench.themeProperty().get() == theme);
            item.setOnAction(e -> workbench.themeProperty().set(theme));
            workbench
                    .themeProperty()
                    .addListener((p, before, now) -> item.setSelected(now == theme));
            menu.getItems().add(item);
        }
        return menu;
    }
}
