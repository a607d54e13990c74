package io.pocketllm.app.help;

import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;

/** Lines of code or of a terminal, with a button that copies them. */
final class CodeBlock extends HBox {

    /** Puts text on the clipboard. */
    interface Copy {
        /** Puts it there. */
        void copy(String text);
    }

    CodeBlock(String code, Copy copy) {
        getStyleClass().add("guide-code-block");
        setAlignment(Pos.TOP_LEFT);
        Label text = new Label(code);
        text.getStyleClass().add("guide-code-text");
        text.setWrapText(true);
        text.setMinHeight(USE_PREF_SIZE);
        text.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(text, Priority.ALWAYS);
        Button button = new Button("Copy");
        button.getStyleClass().addAll("link-button", "small");
        button.setMinWidth(USE_PREF_SIZE);
        button.setAccessibleText("Copy these lines");
        button.setOnAction(e -> copy.copy(code));
        getChildren().setAll(text, button);
    }
}
