package io.pocketllm.app.setup;

import javafx.beans.value.ObservableBooleanValue;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;

/** The small menus at the cards' right. */
final class Menus {

    private Menus() {}

    static MenuButton link(String text, String id, ObservableBooleanValue locked) {
        MenuButton menu = new MenuButton(text);
        menu.setId(id);
        menu.getStyleClass().add("link-button");
        menu.disableProperty().bind(locked);
        return menu;
    }

    static MenuItem item(String text, Runnable action) {
        MenuItem item = new MenuItem(text);
        // A path may hold an underscore, which is no key to press.
        item.setMnemonicParsing(false);
        item.setOnAction(e -> action.run());
        return item;
    }
}
