package io.pocketllm.app.phones;

import java.util.List;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/** What stands where a phone would, while there is none: how to get one. */
final class PhonesGuide extends VBox {

    private static final List<String> CABLE =
            List.of(
                    "On the phone: Settings, About phone, tap \"Build number\" seven times.",
                    "Settings, System, Developer options: switch \"USB debugging\" on.",
                    "Plug the phone in with a cable that carries data.",
                    "Unlock it and tap \"Allow\" at the question \"Allow USB debugging?\".");

    private static final List<String> WI_FI =
            List.of(
                    "Phone and computer in the same Wi-Fi; Android 11 or newer.",
                    "Developer options, Wireless debugging: switch it on and tap on its name.",
                    "Tap \"Pair device with pairing code\", and here press \"Pair by code…\".",
                    "Then \"Connect…\" with the address and port of the screen behind that window.");

    private static final List<String> INSTALL =
            List.of(
                    "Debian, Ubuntu: apt install adb",
                    "Fedora: dnf install android-tools",
                    "macOS with Homebrew: brew install --cask android-platform-tools",
                    "Windows and all others: Android's \"SDK Platform-Tools\", unpacked anywhere; then"
                            + " choose the program here.");

    private final PhonesViewModel phones;
    private final Label title = Nodes.text("phones-empty-title", "phone-title");
    private final Label text = Nodes.text("phones-empty-text", "muted");
    private final HBox ways;
    private final VBox install;
    private final FlowPane buttons;

    PhonesGuide(PhonesViewModel phones) {
        this.phones = phones;
        getStyleClass().addAll("card", "phones-guide");
        VBox cable = steps("With a cable", CABLE);
        VBox wifi = steps("Over Wi-Fi", WI_FI);
        ways = new HBox(cable, wifi);
        ways.getStyleClass().add("phones-ways");
        install = ways("Installing adb, whichever fits", INSTALL);
        Button again = Nodes.button("phones-again", "Look again", phones::tryAgain);
        Button choose =
                Nodes.button("phones-choose-adb", "Choose the adb program…", phones::chooseAdb);
        buttons = new FlowPane(again, choose);
        buttons.getStyleClass().add("button-flow");
        getChildren().setAll(title, text, ways, install, buttons);
        phones.troubleProperty().addListener(o -> show());
        phones.lookingProperty().addListener(o -> show());
        show();
    }

    private static VBox steps(String heading, List<String> lines) {
        VBox box = new VBox(Nodes.title(heading));
        box.getStyleClass().add("phones-steps");
        box.getChildren().addAll(Nodes.steps(lines));
        return box;
    }

    /** Ways of which one is enough. */
    private static VBox ways(String heading, List<String> lines) {
        VBox box = new VBox(Nodes.title(heading));
        box.getStyleClass().add("phones-steps");
        lines.forEach(line -> box.getChildren().add(Nodes.line("•", line)));
        return box;
    }

    private void show() {
        Trouble trouble = phones.troubleProperty().get();
        boolean withoutAdb = trouble.isThere() && phones.isWithoutAdb();
        if (phones.lookingProperty().get()) {
            title.setText("Looking for phones…");
            text.setText(
                    "Where no adb server runs, one is started. It is never restarted or ended: other"
                            + " programs use it too.");
        } else if (trouble.isThere()) {
            title.setText(trouble.message());
            text.setText(
                    withoutAdb
                            ? "adb is Android's own program that talks to phones. Everything else here"
                                    + " works without it. "
                                    + trouble.hint()
                            : trouble.hint());
        } else {
            title.setText("No phone is connected");
            text.setText("It appears here by itself, whatever its state.");
        }
        boolean listed = !phones.lookingProperty().get() && !trouble.isThere();
        Nodes.show(ways, listed);
        Nodes.show(install, withoutAdb);
        Nodes.show(buttons, trouble.isThere());
    }
}
