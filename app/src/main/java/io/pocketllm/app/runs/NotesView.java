package io.pocketllm.app.runs;

import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.control.TextInputControl;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** Name, tag and note of one run; kept when the field is left, or with Enter. */
final class NotesView extends VBox {

    private final RunsViewModel runs;
    private final TextField name = new TextField();
    private final TextField tag = new TextField();
    private final TextArea note = new TextArea();
    private final Label facts = new Label();
    private RunRow row;

    NotesView(RunsViewModel runs) {
        this.runs = runs;
        getStyleClass().add("notes");
        name.setId("run-name");
        tag.setId("run-tag");
        note.setId("run-note");
        note.setWrapText(true);
        note.setPrefRowCount(3);
        facts.setWrapText(true);
        facts.setMinHeight(USE_PREF_SIZE);
        facts.getStyleClass().addAll("muted", "small");
        VBox noteField = field("note", note);
        VBox.setVgrow(note, Priority.ALWAYS);
        VBox.setVgrow(noteField, Priority.ALWAYS);
        getChildren().setAll(field("name", name), field("tag", tag), noteField, facts);
        name.setOnAction(e -> keep());
        tag.setOnAction(e -> keep());
        for (TextInputControl input : new TextInputControl[] {name, tag, note}) {
            input.focusedProperty()
                    .addListener(
                            (p, before, now) -> {
                                if (!now) {
                                    keep();
                                }
                            });
        }
    }

    private static VBox field(String label, TextInputControl input) {
        Label name = new Label(label);
        name.getStyleClass().addAll("muted", "small");
        name.setLabelFor(input);
        input.setAccessibleText(label);
        VBox field = new VBox(name, input);
        field.getStyleClass().add("field");
        return field;
    }

    /** Shows a run; what was typed for the one before is kept first. */
    void show(RunRow next) {
        boolean same = row != null && next != null && row.folder().equals(next.folder());
        RunRow left = row;
        // First: what is kept changes the list of runs, which shows them anew.
        row = next;
        if (!same) {
            keep(left);
        }
        if (row != next) {
            return;
        }
        if (next == null || (same && name.getScene() != null && isTyping())) {
            return;
        }
        name.setPromptText(next.run().file() == null ? "" : next.run().file().spec().name());
        name.setText(next.run().notes().name());
        tag.setText(next.run().notes().tag());
        note.setText(next.run().notes().note());
        String problem = next.run().problem();
        String sweep = next.sweep().isEmpty() ? "" : "a run of the sweep " + next.sweep() + "\n";
        facts.setText((problem.isEmpty() ? "" : problem + "\n") + sweep + next.folder());
    }

    /** Lets the person type another name. */
    void rename() {
        name.requestFocus();
        name.selectAll();
    }

    private boolean isTyping() {
        return name.isFocused() || tag.isFocused() || note.isFocused();
    }

    private void keep() {
        keep(row);
    }

    private void keep(RunRow typedFor) {
        if (typedFor != null) {
            runs.write(
                    typedFor,
                    typedFor.run().notes().worded(name.getText(), tag.getText(), note.getText()));
        }
    }
}
