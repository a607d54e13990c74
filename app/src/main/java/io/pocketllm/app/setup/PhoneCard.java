package io.pocketllm.app.setup;

import io.pocketllm.app.text.Units;
import io.pocketllm.device.DeviceProfile;
import io.pocketllm.run.RunPreview;
import java.util.ArrayList;
import java.util.List;
import javafx.beans.binding.Bindings;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;

/** The simulated phone: its memory, its cores, and the budget it grants. */
final class PhoneCard extends Card {

    private final SetupViewModel setup;

    PhoneCard(SetupViewModel setup) {
        super("Phone");
        this.setup = setup;
        addToHead(phoneMenu());
        FieldView budget = new FieldView(setup.budgetField(), setup.lockedProperty());
        budget.input().setId("field-budget");
        budget.input()
                .promptTextProperty()
                .bind(
                        Bindings.createStringBinding(
                                this::ownBudget, setup.previewProperty(), setup.fileProperty()));
        add(budget, FieldView.errorsOf(List.of(setup.budgetField())));
        setup.previewProperty().addListener(o -> show());
        show();
    }

    private MenuButton phoneMenu() {
        MenuButton menu = Menus.link("Change", "phone-menu", setup.lockedProperty());
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
        menu.getItems().addAll(new SeparatorMenuItem(), none);
        return menu;
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
}
