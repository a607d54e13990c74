package io.pocketllm.app.screenshots;

import static io.pocketllm.app.screenshots.Stagehand.awaitTrue;
import static io.pocketllm.app.screenshots.Stagehand.onScreen;

import io.pocketllm.app.fake.FakePhones;
import io.pocketllm.app.fake.FakeRun;
import io.pocketllm.app.fake.Sample;
import io.pocketllm.app.phones.BesideFolders;
import io.pocketllm.app.phones.LinkViewModel;
import io.pocketllm.app.phones.PhoneEngine;
import io.pocketllm.app.phones.PhoneViewModel;
import io.pocketllm.app.phones.PhonesViewModel;
import io.pocketllm.app.shell.Place;
import io.pocketllm.app.shell.WorkbenchViewModel;
import io.pocketllm.phone.PhoneException;
import io.pocketllm.phone.PhoneState;
import io.pocketllm.phone.TransferKind;
import io.pocketllm.phone.TransferProgress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.ScrollPane;
import javafx.stage.Window;

/** The scenes of the place of real phones. */
final class PhoneScenes {

    private static final String OPPO = "1a2b3c4d";
    private static final String PIXEL = "192.168.1.14:37123";

    private final WorkbenchViewModel workbench;
    private final FakePhones engine;
    private final Path runs;

    PhoneScenes(WorkbenchViewModel workbench, FakePhones engine, Path runs) {
        this.workbench = workbench;
        this.engine = engine;
        this.runs = runs;
    }

    private PhonesViewModel phones() {
        return workbench.phones();
    }

    private void open() {
        onScreen(() -> workbench.placeProperty().set(Place.PHONES));
        awaitTrue(() -> !phones().lookingProperty().get());
    }

    private PhoneViewModel phone(int index) {
        return phones().phones().get(index);
    }

    private void openWith(PhoneState second) {
        engine.tells(OPPO, FakePhones.reading("CPH2251"));
        engine.tells(PIXEL, FakePhones.reading("Pixel 8"));
        engine.list(
                FakePhones.ready(OPPO, "CPH2251"),
                FakePhones.phone(PIXEL, second, second.word(), "Pixel_8"),
                FakePhones.phone("99887766", PhoneState.OFFLINE, "offline", "22120RN86G"));
        open();
        awaitTrue(() -> phone(0).reading().readingProperty().get() != null);
        awaitTrue(() -> !phones().toSend().setUpProperty().get().sizes().isEmpty());
        awaitTrue(() -> phone(0).engineBytesProperty().get() > 0);
    }

    void sending() {
        openWith(PhoneState.UNAUTHORIZED);
        engine.during =
                (progress, cancellation) -> {
                    progress.accept(
                            FakePhones.progress(
                                    "engine/bundle.tar",
                                    87_000_000,
                                    0,
                                    new TransferProgress.Part(
                                            TransferKind.ENGINE,
                                            87_000_000,
                                            87_000_000,
                                            87_000_000)));
                    progress.accept(
                            FakePhones.progress(
                                    "models/m/model.bin",
                                    56_000_000,
                                    38e6,
                                    new TransferProgress.Part(
                                            TransferKind.MODEL, 90_400_000, 56_000_000, 0),
                                    new TransferProgress.Part(TransferKind.DATA, 1_100_000, 0, 0),
                                    new TransferProgress.Part(TransferKind.RUN, 4_000, 0, 0)));
                    Stagehand.waitForTheEnd();
                };
        onScreen(() -> phone(0).reading().saveProfile());
        onScreen(() -> phone(0).runThere());
        awaitTrue(() -> phone(0).transfer().doingProperty().get().startsWith("Sending: 56"));
    }

    void unauthorized() {
        engine.left =
                List.of(
                        new PhoneEngine.Left(
                                Path.of("runs", "2026-01-02-181500-inbox-mechanic"),
                                PIXEL,
                                "inbox-mechanic"));
        openWith(PhoneState.UNAUTHORIZED);
        onScreen(() -> phones().selectedProperty().set(phone(1)));
    }

    void empty() {
        open();
        onScreen(
                () -> {
                    phones().link().open(LinkViewModel.Kind.PAIR);
                    phones().link().addressProperty().set("192.168.1.14:40007");
                    phones().link().codeProperty().set("12345");
                    phones().link().submit();
                });
    }

    void noAdb() {
        engine.fail(
                new PhoneException(
                        PhoneException.Reason.NO_ADB,
                        "There is no adb program on this computer, and no adb server runs.",
                        "Install Android's platform-tools (on Debian and Ubuntu: apt install adb), or"
                                + " set POCKETLLM_ADB to the adb program."));
        open();
    }

    void running() throws IOException {
        Path folder = BesideFolders.real(runs, "2026-03-04-phone", 212, 1.068);
        BesideFolders.simulated(runs, "2026-03-05-simulated", folder, 300);
        engine.left =
                List.of(
                        new PhoneEngine.Left(
                                Path.of("runs", "2026-01-02-181500-inbox-mechanic"),
                                "5c5d5e5f",
                                "inbox-mechanic"));
        openWith(PhoneState.DEVICE);
        engine.runsIn(folder);
        onScreen(() -> phone(0).runThere());
        awaitTrue(() -> engine.run(OPPO) != null);
        engine.runsIn(Path.of("runs", "another"));
        onScreen(() -> phone(1).runThere());
        awaitTrue(() -> engine.run(OPPO) != null && engine.run(PIXEL) != null);
        say(engine.run(OPPO), 212);
        say(engine.run(PIXEL), 87);
        awaitTrue(() -> phone(0).run().figures().step() == 212);
        awaitTrue(() -> phone(1).run().figures().step() == 87);
        awaitTrue(() -> workbench.beside().comparison() != null);
    }

    /** The same, with the page moved down to the run beside its simulation. */
    void beside() throws IOException {
        running();
        Parent root = Window.getWindows().getFirst().getScene().getRoot();
        awaitTrue(() -> root.lookup("#beside-card") != null);
        Node page = root.lookup("#beside-card");
        while (!(page instanceof ScrollPane)) {
            page = page.getParent();
        }
        ScrollPane scroll = (ScrollPane) page;
        onScreen(() -> scroll.setVvalue(scroll.getVmax()));
    }

    private static void say(FakeRun run, int last) {
        Random random = new Random(last);
        run.say(Sample.started(512 * Sample.MB, 600));
        run.say(Sample.evaluated(0, 1.31, 0.57));
        for (int step = 1; step <= last; step++) {
            double fall = Math.exp(-step / 140.0);
            run.say(Sample.step(step, 0.42 + 0.95 * fall + 0.05 * random.nextGaussian()));
            if (step % 50 == 0) {
                run.say(Sample.evaluated(step, 0.45 + 0.8 * fall, 0.84 - 0.27 * fall));
            }
        }
        run.say(Sample.memory(2000 + 200L * last, 286, 512));
    }
}
