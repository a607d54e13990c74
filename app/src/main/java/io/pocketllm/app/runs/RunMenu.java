package io.pocketllm.app.runs;

import javafx.scene.control.CheckMenuItem;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;

/** What can be done with the selected runs; made anew each time it is opened. */
final class RunMenu {

    private RunMenu() {}

    static ContextMenu over(RunsViewModel runs, RunExports exports, RunsPage.Doings doings) {
        ContextMenu menu = new ContextMenu();
        menu.setOnShowing(e -> menu.getItems().setAll(items(runs, exports, doings)));
        // A menu without entries is never shown.
        menu.getItems().setAll(items(runs, exports, doings));
        return menu;
    }

    static MenuItem[] items(RunsViewModel runs, RunExports exports, RunsPage.Doings doings) {
        boolean none = runs.selected().isEmpty();
        boolean one = runs.selected().size() == 1;
        boolean pinned = one && runs.baseline().is(runs.selected().getFirst());
        CheckMenuItem archived = new CheckMenuItem("Show archived runs");
        archived.setSelected(runs.archivedShownProperty().get());
        archived.setOnAction(e -> runs.archivedShownProperty().set(archived.isSelected()));
        return new MenuItem[] {
            item(
                    pinned ? "Take the baseline away" : "Pin as baseline  (B)",
                    !one,
                    runs::pinSelected),
            item("Set up a run like this", !one, doings::again),
            item("Rename  (F2)", !one, doings::rename),
            item(
                    runs.allSelectedArchived() ? "Bring back from the archive" : "Archive",
                    none,
                    runs::archiveSelected),
            item("Delete  (Del)", none, runs::deleteSelected),
            new SeparatorMenuItem(),
            item("Copy as Markdown table", runs.rows().isEmpty(), exports::copyMarkdown),
            item("Copy path of the run folder", !one, doings::copyPath),
            new SeparatorMenuItem(),
            item("Open run folder…", false, doings::open),
            archived,
            item("Read the folder anew", false, runs::refresh)
        };
    }

    static MenuItem item(String text, boolean disabled, Runnable action) {
        MenuItem item = new MenuItem(text);
        item.setDisable(disabled);
        item.setOnAction(e -> action.run());
        return item;
    }
}
