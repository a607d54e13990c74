package io.pocketllm.app.setup;

import java.util.List;
import javafx.beans.Observable;
import javafx.beans.binding.Bindings;
import javafx.beans.value.ObservableBooleanValue;
import javafx.css.PseudoClass;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.VBox;

/** A {@link Field}: its name over what is typed. */
final class FieldView extends VBox {

    private static final PseudoClass WRONG = PseudoClass.getPseudoClass("wrong");

    private final TextField input = new TextField();

    FieldView(Field field, ObservableBooleanValue locked) {
        getStyleClass().add("field");
        Label name = new Label(field.label());
        name.getStyleClass().addAll("muted", "small");
        name.setLabelFor(input);
        name.setWrapText(true);
        name.setMinHeight(USE_PREF_SIZE);
        input.textProperty().bindBidirectional(field.textProperty());
        input.disableProperty()
                .bind(
                        Bindings.not(field.applicableProperty())
                                .or(Bindings.createBooleanBinding(locked::get, locked)));
        input.setTooltip(new Tooltip(field.help()));
        input.setPrefColumnCount(5);
        input.setMaxWidth(Double.MAX_VALUE);
        input.setAccessibleText(field.label());
        field.errorProperty().addListener((p, before, now) -> mark(field));
        mark(field);
        getChildren().setAll(name, input);
    }

    private void mark(Field field) {
        input.pseudoClassStateChanged(WRONG, !field.errorProperty().get().isEmpty());
        input.setAccessibleHelp(field.errorProperty().get());
    }

    TextField input() {
        return input;
    }

    /** The reasons of all fields that are wrong, in one label that takes no room while none is. */
    static Label errorsOf(List<Field> fields) {
        Label errors = new Label();
        errors.getStyleClass().add("field-error");
        errors.setWrapText(true);
        errors.setMinHeight(USE_PREF_SIZE);
        Observable[] watched =
                fields.stream()
                        .flatMap(
                                f ->
                                        java.util.stream.Stream.of(
                                                f.errorProperty(), f.applicableProperty()))
                        .toArray(Observable[]::new);
        errors.textProperty()
                .bind(
                        Bindings.createStringBinding(
                                () ->
                                        String.join(
                                                "\n",
                                                fields.stream()
                                                        .filter(f -> f.applicableProperty().get())
                                                        .map(f -> f.errorProperty().get())
                                                        .filter(e -> !e.isEmpty())
                                                        .toList()),
                                watched));
        errors.visibleProperty().bind(errors.textProperty().isNotEmpty());
        errors.managedProperty().bind(errors.visibleProperty());
        return errors;
    }
}
