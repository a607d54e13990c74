package io.pocketllm.app.train;

import io.pocketllm.app.text.Units;
import io.pocketllm.device.DeviceProfile;
import io.pocketllm.device.DeviceProfile.CoreCluster;
import java.util.ArrayList;
import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/** The phone's cores, those that the run uses filled as high as their clock is. */
final class PhoneCores extends VBox {

    private static final double BIG_HEIGHT = 22;
    private static final double LITTLE_HEIGHT = 15;

    private final HBox cores = new HBox();
    private final Label words = new Label();

    PhoneCores() {
        cores.getStyleClass().add("phone-cores");
        cores.setAlignment(Pos.BOTTOM_CENTER);
        cores.setFillHeight(false);
        words.getStyleClass().addAll("muted", "small", "centred");
        words.setWrapText(true);
        words.setMinHeight(USE_PREF_SIZE);
        words.setId("phone-cores");
        setAlignment(Pos.TOP_CENTER);
        getChildren().setAll(cores, words);
    }

    /** What it says, for screen readers too. */
    String text() {
        return words.getText();
    }

    /**
     * @param threads cores in use, fastest first
     * @param clockFraction share of the top clock
     * @param working whether the run computes now; else its cores are only marked
     */
    void show(DeviceProfile device, int threads, double clockFraction, boolean working) {
        List<Node> bars = new ArrayList<>();
        int left = threads;
        for (CoreCluster cluster : device.clusters()) {
            int used = Math.min(left, cluster.count());
            left -= used;
            for (int i = 0; i < cluster.count(); i++) {
                bars.add(core(cluster.little(), i < used, working ? clockFraction : 0));
            }
        }
        cores.getChildren().setAll(bars);
        words.setText(words(device, threads, clockFraction, working));
    }

    /** Such as "2 × A78 at 2.0 GHz · 6 × A55 idle". */
    static String words(DeviceProfile device, int threads, double clockFraction, boolean working) {
        List<String> parts = new ArrayList<>();
        int left = threads;
        for (CoreCluster cluster : device.clusters()) {
            int used = Math.min(left, cluster.count());
            left -= used;
            String kind = "\u00a0×\u00a0" + cluster.kind().replace("Cortex-", "");
            String clock = Units.gigahertz(cluster.clockHertz() * clockFraction);
            if (used > 0) {
                parts.add(used + kind + (working ? "\u00a0busy at\u00a0" : " at\u00a0") + clock);
            }
            if (used < cluster.count()) {
                parts.add((cluster.count() - used) + kind + "\u00a0idle");
            }
        }
        return String.join(" · ", parts);
    }

    private static Node core(boolean little, boolean used, double fill) {
        double height = little ? LITTLE_HEIGHT : BIG_HEIGHT;
        Region level = new Region();
        level.getStyleClass().add("core-level");
        level.setMaxHeight(Math.round((height - 2) * fill));
        level.setMinHeight(level.getMaxHeight());
        level.setVisible(used && fill > 0);
        StackPane core = new StackPane(level);
        core.setAlignment(Pos.BOTTOM_CENTER);
        core.getStyleClass()
                .addAll(
                        "core",
                        little ? "core-little" : "core-big",
                        used ? "core-used" : "core-idle");
        return core;
    }
}
