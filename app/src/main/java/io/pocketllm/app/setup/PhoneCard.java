package io.pocketllm.app.setup;

import io.pocketllm.app.text.Units;
import io.pocketllm.device.DeviceProfile;
import io.pocketllm.run.RunPreview;
import java.util.ArrayList;
import java.util.List;
import javafx.beans.Observable;
import javafx.beans.binding.Bindings;
import javafx.beans.value.ObservableValue;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.Tooltip;

/** The simulated phone: its memory, its cores, and the budget it grants. */
final class PhoneCard extends Card {

    private static final List<String> SHOWN = List.of("ramBytes", "budgetBytes", "processKind");

    private final SetupViewModel setup;
    private final SourceTag tag = new SourceTag();

    /**
     * @param profiles opens the pane of phone profiles
     * @param calibration what the phone's clock goes by
     */
    PhoneCard(SetupViewModel setup, Runnable profiles, ObservableValue<String> calibration) {
        super("Phone");
        this.setup = setup;
        PhoneConditionsView conditions = new PhoneConditionsView(setup, calibrated(calibration));
        markTitle(tag);
        addToHead(conditions.link());
        addToHead(phoneMenu(profiles));
        FieldView budget = new FieldView(setup.budgetField(), setup.lockedProperty());
        budget.input().setId("field-budget");
        budget.input()
                .promptTextProperty()
                .bind(
                        Bindings.createStringBinding(
                                this::ownBudget, setup.previewProperty(), setup.fileProperty()));
        add(budget, FieldView.errorsOf(List.of(setup.budgetField())), conditions);
        setup.previewProperty().addListener(o -> show());
        show();
    }

    private static Label calibrated(ObservableValue<String> calibration) {
        Label label = new Label();
        label.setId("phone-calibrated");
        label.getStyleClass().addAll("muted", "small");
        label.setWrapText(true);
        label.textProperty().bind(calibration);
        label.setTooltip(
                new Tooltip(
                        "How kinds of work compare in speed, by estimates or as measured here once."
                                + " The cores' peaks and the bandwidth are the phone's."));
        return label;
    }

    private MenuButton phoneMenu(Runnable profiles) {
        MenuButton menu = Menus.link("Change", "phone-menu", setup.lockedProperty());
        setup.phones().addListener((Observable o) -> fill(menu, profiles));
        fill(menu, profiles);
        return menu;
    }

    private void fill(MenuButton menu, Runnable profiles) {
        menu.getItems().clear();
        for (DeviceProfile profile : setup.phones()) {
            MenuItem item =
                    new MenuItem(
                            profile.name()
                                    + ", "
                                    + Units.nominalGigabytes(profile.ramBytes())
                                    + ": "
                                    + Units.megabytes(profile.budgetBytes())
                                    + " for a run");
            item.setOnAction(e -> setup.choosePhone(profile.id()));
            menu.getItems().add(item);
        }
        MenuItem none = new MenuItem("No phone: no memory limit");
        none.setOnAction(e -> setup.choosePhone(null));
        menu.getItems()
                .addAll(new SeparatorMenuItem(), none, Menus.item("Phone profiles…", profiles));
    }

    private String ownBudget() {
        return setup.phone()
                .map(p -> Units.megabytes(p.budgetBytes()) + " (the phone's)")
                .orElse("no limit");
    }

    private void show() {
        RunPreview preview = setup.previewProperty().get();
        if (preview == null) {
            show("Looking it up…", "");
        } else {
            showPhone(preview);
        }
    }

    private void showPhone(RunPreview preview) {
        DeviceProfile device = preview.device();
        tag.show(device, keys(device));
        if (device == null) {
            show("None", "No memory limit · " + Units.plural(preview.threads(), "thread"));
            return;
        }
        List<String> cores = new ArrayList<>();
        int left = preview.threads();
        for (DeviceProfile.CoreCluster cluster : device.clusters()) {
            int used = Math.min(left, cluster.count());
            left -= used;
            if (used > 0) {
                cores.add(
                        used
                                + " × "
                                + cluster.kind().replace("Cortex-", "")
                                + ", "
                                + Units.gigahertz(cluster.clockHertz()));
            }
        }
        show(
                device.name(),
                Units.nominalGigabytes(device.ramBytes())
                        + " · budget "
                        + Units.megabytes(preview.budgetBytes())
                        + "\n"
                        + Units.plural(preview.threads(), "thread")
                        + " on "
                        + String.join(" + ", cores));
    }

    /** The values of the card, and of the cores in it. */
    private static List<String> keys(DeviceProfile device) {
        List<String> keys = new ArrayList<>(SHOWN);
        if (device != null) {
            for (int i = 0; i < device.clusters().size(); i++) {
                keys.add("clusters[" + i + "].clockHertz");
            }
        }
        return keys;
    }
}
