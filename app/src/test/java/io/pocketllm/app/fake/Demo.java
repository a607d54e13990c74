package io.pocketllm.app.fake;

import io.pocketllm.app.dialog.FxDialogs;
import io.pocketllm.app.launch.SystemProperties;
import io.pocketllm.app.shell.HostLoad;
import io.pocketllm.app.shell.Theme;
import io.pocketllm.app.shell.WindowSettings;
import io.pocketllm.app.shell.WorkbenchWindow;
import io.pocketllm.run.Event;
import io.pocketllm.run.ExitCode;
import io.pocketllm.run.Folders;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import javafx.application.Platform;
import javafx.stage.Stage;

/**
 * The real window over made-up events, to look at. Arguments: theme (LIGHT, DARK), scenario (ready,
 * loading, run, finish, kill, fail, diverge, bad-field, keys, runs, run-one, log, pause, plan,
 * plan-tight, plan-killed, runs-baseline, runs-group, plan-asks, fits, fits-all, fits-cell,
 * fits-shape, fits-time, warm, phone-conditions, profiles), width, height.
 */
public final class Demo {

    private Demo() {}

    /** Opens it. */
    public static void main(String[] args) throws Exception {
        Path folder = Files.createTempDirectory("workbench-demo");
        SystemProperties.set(Folders.under(folder));
        Path runs = folder.resolve("runs");
        SampleRuns.write(
                runs,
                9,
                "fzoo-n8",
                600,
                190,
                SampleRuns.End.FINISHED,
                "method",
                "{\"preset\": \"fzoo\"}");
        SampleRuns.write(
                runs,
                8,
                "lozo-r2-nu50",
                600,
                170,
                SampleRuns.End.FINISHED,
                "method",
                "{\"preset\": \"lozo\"}");
        SampleRuns.write(runs, 7, "lora-r8-lr2e-3", 600, 120, SampleRuns.End.FINISHED);
        SampleRuns.write(
                runs,
                6,
                "mezo-full-lr1e-5",
                600,
                420,
                SampleRuns.End.FINISHED,
                "method",
                "{\"preset\": \"mezo\", \"learningRate\": 1e-5}");
        SampleRuns.write(
                runs,
                10,
                "mezo-full-lr1e-3",
                600,
                200,
                SampleRuns.End.DIVERGED,
                "method",
                "{\"preset\": \"mezo\", \"learningRate\": 1e-3}");
        SampleRuns.write(
                runs,
                11,
                "mezo-full-b64",
                600,
                200,
                SampleRuns.End.KILLED,
                "training.batchSize",
                "64");
        SampleRuns.write(runs, 5, "lora-unfinished", 600, 200, SampleRuns.End.NONE);
        if (args[1].equals("runs-group")) {
            for (int seed = 1; seed <= 3; seed++) {
                SampleRuns.write(
                        runs,
                        11 + seed,
                        "lora-seed-" + seed,
                        600,
                        110 + 25 * seed,
                        SampleRuns.End.FINISHED,
                        "seed",
                        "" + seed,
                        "training.batchSize",
                        "32");
                SampleRuns.write(
                        runs,
                        14 + seed,
                        "lozo-seed-" + seed,
                        600,
                        150 + 30 * seed,
                        SampleRuns.End.FINISHED,
                        "method",
                        "{\"preset\": \"lozo\"}",
                        "seed",
                        "" + seed);
            }
        }
        CountDownLatch closed = new CountDownLatch(1);
        FakeRun.Launcher launcher = new FakeRun.Launcher();
        Platform.startup(
                () -> {
                    WindowSettings settings = new WindowSettings(folder);
                    settings.saveTheme(Theme.valueOf(args[0]));
                    settings.saveSize(Double.parseDouble(args[2]), Double.parseDouble(args[3]));
                    Stage stage = new Stage();
                    stage.setX(0);
                    stage.setY(0);
                    WorkbenchWindow window =
                            new TestWindow()
                                    .launcher(launcher)
                                    .phones(
                                            args[1].startsWith("fits") || args[1].equals("profiles")
                                                    ? io.pocketllm.device.DeviceCatalogue.builtin()
                                                    : Sample.phones())
                                    .dialogs(new FxDialogs(() -> stage))
                                    .meter(HostLoad.realMeter())
                                    .make(stage, folder);
                    stage.setOnHidden(e -> closed.countDown());
                    window.show(Sample.file());
                    play(args[1], window, launcher);
                });
        closed.await();
        System.exit(0);
    }

    private static void play(String scenario, WorkbenchWindow window, FakeRun.Launcher launcher) {
        switch (scenario) {
            case "ready" -> {}
            case "runs", "run-one", "runs-baseline", "runs-group" -> {
                window.workbench()
                        .runs()
                        .rows()
                        .addListener(
                                (javafx.beans.Observable o) -> {
                                    var runs = window.workbench().runs();
                                    if (runs.selected().isEmpty() && runs.rows().size() > 5) {
                                        Platform.runLater(() -> selectSome(scenario, runs));
                                    }
                                });
                window.workbench().placeProperty().set(io.pocketllm.app.shell.Place.RUNS);
            }
            case "fits", "fits-all", "fits-cell" -> {
                window.workbench().placeProperty().set(io.pocketllm.app.shell.Place.FITS);
                if (scenario.equals("fits-all")) {
                    window.workbench().fits().showAllPhones(true);
                }
                if (scenario.equals("fits-cell")) {
                    window.workbench().fits().filterProperty().set("large");
                    showCell(window.workbench().fits());
                }
            }
            case "fits-shape" -> {
                window.workbench().placeProperty().set(io.pocketllm.app.shell.Place.FITS);
                var fits = window.workbench().fits();
                fits.rows()
                        .addListener(
                                (javafx.beans.Observable o) ->
                                        fits.rows().stream()
                                                .filter(r -> r.model().equals("roberta-large"))
                                                .findFirst()
                                                .ifPresent(
                                                        r ->
                                                                Platform.runLater(
                                                                        () ->
                                                                                window.workbench()
                                                                                        .setUp(
                                                                                                r,
                                                                                                "redmi-12c"))));
            }
            case "plan" -> window.workbench().plan().detailsShownProperty().set(true);
            case "plan-killed", "plan-tight", "plan-asks" -> {
                window.workbench()
                        .setup()
                        .budgetField()
                        .textProperty()
                        .set(scenario.equals("plan-tight") ? "320" : "260");
                window.workbench().plan().detailsShownProperty().set(true);
                if (scenario.equals("plan-asks")) {
                    window.workbench().start();
                }
            }
            case "palette" -> window.workbench().paletteShownProperty().set(true);
            case "broken" -> window.workbench().model().choose(Path.of("/models/broken"));
            case "method" ->
                    window.workbench()
                            .setup()
                            .chooseMethod(
                                    io.pocketllm.zo.MethodCatalogue.find("lozo-m").orElseThrow());
            case "phone-conditions" -> {
                fire("#phone-conditions");
                window.workbench()
                        .setup()
                        .phoneConditions()
                        .field(io.pocketllm.app.setup.PhoneSetting.AMBIENT)
                        .textProperty()
                        .set("99");
            }
            case "profiles" -> {
                window.workbench().openProfiles();
                window.workbench().profiles().duplicate();
            }
            case "fits-time" -> {
                window.workbench().placeProperty().set(io.pocketllm.app.shell.Place.FITS);
                window.workbench().fits().filterProperty().set("large");
                window.workbench()
                        .fits()
                        .quantityProperty()
                        .set(io.pocketllm.app.fits.CellQuantity.STEP);
                showCell(window.workbench().fits());
            }
            case "keys" -> window.workbench().keysShownProperty().set(true);
            case "bad-field" -> {
                window.workbench()
                        .setup()
                        .field(io.pocketllm.app.setup.Setting.LEARNING_RATE)
                        .textProperty()
                        .set("-3");
                window.workbench().setup().budgetField().textProperty().set("lots");
            }
            default -> {
                if (scenario.equals("tight") || scenario.equals("kill")) {
                    window.workbench().setup().budgetField().textProperty().set("512");
                }
                if (scenario.equals("log")) {
                    window.workbench().logShownProperty().set(true);
                }
                if (scenario.equals("hover")) {
                    window.workbench().charts().hoverProperty().set(330);
                }
                window.workbench().start();
                window.workbench()
                        .tasks()
                        .run(
                                () -> {
                                    say(scenario, launcher);
                                    return null;
                                },
                                done -> {},
                                Throwable::printStackTrace);
            }
        }
    }

    private static void selectSome(String scenario, io.pocketllm.app.runs.RunsViewModel runs) {
        if (!runs.selected().isEmpty()) {
            return;
        }
        switch (scenario) {
            case "run-one" -> runs.select(runs.rows().subList(2, 3));
            case "runs-group" -> {
                runs.groupedProperty().set(true);
                runs.select(runs.rows().subList(0, 2));
                runs.baseline().pin(runs.rows().get(1));
            }
            default -> {
                runs.select(runs.rows().subList(2, 6));
                if (scenario.equals("runs-baseline")) {
                    runs.baseline().pin(runs.rows().get(3));
                }
            }
        }
    }

    private static void fire(String id) {
        Platform.runLater(
                () ->
                        ((javafx.scene.control.ButtonBase)
                                        javafx.stage.Window.getWindows()
                                                .getFirst()
                                                .getScene()
                                                .lookup(id))
                                .fire());
    }

    private static void showCell(io.pocketllm.app.fits.FitsViewModel fits) {
        fits.rows()
                .addListener(
                        (javafx.beans.Observable o) -> {
                            if (fits.progressProperty().get() > 0.9) {
                                var row = fits.shown().getFirst();
                                fits.cellProperty()
                                        .set(
                                                new io.pocketllm.app.fits.FitsViewModel.Cell(
                                                        row, row.on("redmi-12c")));
                            }
                        });
    }

    private static void say(String scenario, FakeRun.Launcher launcher)
            throws InterruptedException {
        while (launcher.count() == 0) {
            Thread.sleep(20);
        }
        FakeRun run = launcher.last();
        boolean tight = scenario.equals("tight") || scenario.equals("kill");
        long budget = tight ? 512 : 3789;
        Random random = new Random(1);
        for (int i = 0; i < 12; i++) {
            run.say(Sample.memory(100L * i, 120 + 25L * Math.min(i, 10), budget));
        }
        run.say(new Event.Preparing(200, "Loading the model", 0.6));
        if (scenario.equals("loading")) {
            return;
        }
        if (scenario.equals("fail")) {
            run.say(
                    new Event.Failed(
                            900,
                            "data/train.tsv: line 14: has 3 columns, 2 are needed",
                            "Put one tab between label and text."));
            run.exit(ExitCode.BAD_INPUT);
            return;
        }
        run.say(
                Sample.limited(
                        budget * Sample.MB,
                        600,
                        io.pocketllm.run.MemoryLimit.POLLED,
                        io.pocketllm.run.Calibration.ESTIMATED));
        run.say(Sample.evaluated(0, 1.31, 0.57));
        run.say(new Event.Reference(1900, "first-order head", "validation", 0.31, 0.88));
        int last = scenario.equals("finish") ? 600 : 412;
        for (int step = 1; step <= last; step++) {
            double loss = 0.42 + 0.95 * Math.exp(-step / 130.0) + 0.09 * random.nextGaussian();
            boolean lost = scenario.equals("diverge") && step > 330;
            run.say(Sample.step(step, lost ? Double.NaN : loss));
            run.say(Sample.phone(step, scenario.equals("warm") ? "too-warm" : null));
            if (step % 50 == 0) {
                run.say(
                        Sample.evaluated(
                                step,
                                0.45 + 0.8 * Math.exp(-step / 140.0),
                                0.57 + 0.27 * (1 - Math.exp(-step / 180.0))));
            }
            if (step % 2 == 0) {
                run.say(
                        Sample.memory(
                                2000 + 200L * step,
                                372 + random.nextInt(8) + (tight ? step / 5 : 0),
                                budget));
            }
            if (lost && step == 340) {
                run.say(
                        new Event.Diverged(
                                2000 + 200L * step,
                                step,
                                "The loss is NaN",
                                "Lower the learning rate or ε."));
                run.exit(ExitCode.DIVERGED);
                return;
            }
        }
        switch (scenario) {
            case "kill" -> {
                run.say(
                        new Event.Killed(
                                84_500,
                                "The resident set passed the budget.",
                                "Choose a phone with more memory, a smaller batch, or another method.",
                                530 * Sample.MB,
                                512 * Sample.MB,
                                412));
                run.exit(ExitCode.KILLED);
            }
            case "finish" -> {
                run.say(new Event.Evaluated(123_000, 600, "test", 0.5, 0.811, 90));
                run.say(
                        new Event.Finished(
                                123_500, 600, false, 0.46, 0.833, 0.57, 0.811, 381 * Sample.MB));
                run.exit(ExitCode.DONE);
            }
            case "pause" -> {
                run.say(
                        new Event.Warning(
                                84_300,
                                "This computer is busy: step times are not to be trusted.",
                                "Close other programs."));
                run.say(new Event.Paused(84_400, 412));
            }
            default -> {}
        }
    }
}
