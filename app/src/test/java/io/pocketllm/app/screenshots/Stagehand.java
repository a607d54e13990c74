package io.pocketllm.app.screenshots;

import static org.awaitility.Awaitility.await;

import io.pocketllm.app.fake.FakePhones;
import io.pocketllm.app.fake.FakeRun;
import io.pocketllm.app.fake.FakeSweeps;
import io.pocketllm.app.fake.Sample;
import io.pocketllm.app.fake.SampleRuns;
import io.pocketllm.app.fits.FitsViewModel;
import io.pocketllm.app.help.Spot;
import io.pocketllm.app.runs.RunsViewModel;
import io.pocketllm.app.setup.Setting;
import io.pocketllm.app.shell.Place;
import io.pocketllm.app.shell.WorkbenchViewModel;
import io.pocketllm.app.train.RunState;
import io.pocketllm.run.Event;
import io.pocketllm.run.ExitCode;
import io.pocketllm.run.sweep.Combination;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.testfx.util.WaitForAsyncUtils;

/** Brings the window into a scene. Called off the window's thread. */
final class Stagehand {

    private static final int STEPS = 600;

    /** What the phone that is set up grants, megabytes. */
    private static final int BUDGET = 3973;

    private final WorkbenchViewModel workbench;
    private final FakeRun.Launcher launcher;
    private final FakeSweeps sweeps;
    private final PhoneScenes phones;

    Stagehand(
            WorkbenchViewModel workbench,
            FakeRun.Launcher launcher,
            FakeSweeps sweeps,
            FakePhones phones,
            Path runs) {
        this.phones = new PhoneScenes(workbench, phones, runs);
        this.workbench = workbench;
        this.launcher = launcher;
        this.sweeps = sweeps;
    }

    /** The runs that the page of all runs lists. */
    static void writeRuns(Path runs) throws IOException {
        String method = "method";
        finished(runs, 9, "fzoo-n8", 190, method, "{\"preset\": \"fzoo\"}");
        finished(runs, 8, "lozo-r2-nu50", 170, method, "{\"preset\": \"lozo\"}");
        finished(runs, 7, "lora-r8-lr2e-3", 120);
        finished(
                runs,
                6,
                "mezo-full-lr1e-5",
                420,
                method,
                "{\"preset\": \"mezo\", \"learningRate\": 1e-5}");
        SampleRuns.write(
                runs,
                10,
                "mezo-full-lr1e-3",
                STEPS,
                200,
                SampleRuns.End.DIVERGED,
                method,
                "{\"preset\": \"mezo\", \"learningRate\": 1e-3}");
        SampleRuns.write(
                runs,
                11,
                "mezo-full-b64",
                STEPS,
                200,
                SampleRuns.End.KILLED,
                "training.batchSize",
                "64");
        for (int seed = 1; seed <= 3; seed++) {
            finished(
                    runs,
                    11 + seed,
                    "lora-b32",
                    110 + 25 * seed,
                    "seed",
                    "" + seed,
                    "training.batchSize",
                    "32");
        }
    }

    private static void finished(Path runs, int day, String name, double half, String... changes)
            throws IOException {
        SampleRuns.write(runs, day, name, STEPS, half, SampleRuns.End.FINISHED, changes);
    }

    void set(Scene scene) throws IOException {
        awaitTrue(() -> workbench.model().infoProperty().get() != null);
        awaitTrue(() -> workbench.setup().previewProperty().get() != null);
        switch (scene) {
            case TRAIN_READY -> {}
            case TRAIN_RUNNING -> say(startRun(BUDGET), 412, BUDGET, 0);
            case TRAIN_FINISHED -> finish();
            case TRAIN_KILLED -> kill();
            case TRAIN_MEMORY -> {
                onScreen(() -> workbench.setup().budgetField().textProperty().set("320"));
                onScreen(() -> workbench.plan().detailsShownProperty().set(true));
            }
            case TRAIN_MISTAKES ->
                    onScreen(
                            () -> {
                                workbench
                                        .setup()
                                        .field(Setting.LEARNING_RATE)
                                        .textProperty()
                                        .set("-3");
                                workbench.setup().budgetField().textProperty().set("lots");
                            });
            case RUNS -> {
                showRuns(9);
                selectRuns(5, 9);
                onScreen(() -> runs().baseline().pin(runs().rows().get(7)));
            }
            case RUNS_GROUPED -> {
                showRuns(9);
                onScreen(() -> runs().groupedProperty().set(true));
                selectRuns(0, 1);
            }
            case RUNS_ONE -> {
                showRuns(9);
                selectRuns(5, 6);
            }
            case SWEEPS -> {
                startSweep();
                awaitTrue(() -> !workbench.sweeps().runningProperty().get());
            }
            case SWEEPS_LINES -> {
                showDraws();
                awaitTrue(() -> !workbench.sweeps().runningProperty().get());
            }
            case SWEEPS_RUNNING -> {
                CountDownLatch tenth = new CountDownLatch(1);
                sweeps.during =
                        number -> {
                            if (number == 10) {
                                tenth.countDown();
                                waitForTheEnd();
                            }
                        };
                startSweep();
                awaitTrue(() -> tenth.getCount() == 0);
            }
            case FITS -> showFits();
            case FITS_CELL -> showCell();
            case PHONES -> phones.sending();
            case PHONES_UNAUTHORIZED -> phones.unauthorized();
            case PHONES_EMPTY -> phones.empty();
            case PHONES_NO_ADB -> phones.noAdb();
            case PHONES_RUNNING -> phones.running();
            case PHONES_BESIDE -> phones.beside();
            case HELP -> onScreen(() -> workbench.placeProperty().set(Place.HELP));
            case HELP_PAGE -> showGuide(new Spot("guide-train", "the-charts"));
            case HELP_SEARCH -> {
                onScreen(() -> workbench.help().queryProperty().set("learning rate"));
                showGuide(Spot.top("methods"));
            }
            case HELP_ABOUT -> showGuide(Spot.top("about"));
            case KEYS -> onScreen(() -> workbench.keysShownProperty().set(true));
            case SEARCH -> onScreen(() -> workbench.paletteShownProperty().set(true));
        }
    }

    /** Best near 0.002; the largest step sizes diverge, and one large batch is killed. */
    private void showDraws() {
        sweeps.half =
                run -> {
                    double rate = value(run, "method.learningRate");
                    double batch = value(run, "training.batchSize");
                    return 9
                            + 22 * Math.abs(Math.log10(rate / 0.002))
                            + 60 * value(run, "data.tokenDropout")
                            + 40 / batch;
                };
        sweeps.ends =
                run ->
                        value(run, "method.learningRate") > 0.025
                                ? SampleRuns.End.DIVERGED
                                : run.number() == 7
                                        ? SampleRuns.End.KILLED
                                        : SampleRuns.End.FINISHED;
        startSweep(
                """
                method.learningRate ~ log 1e-4 .. 5e-2
                training.batchSize ~ 4, 8, 16, 32
                data.tokenDropout ~ 0 .. 0.2
                method.perturbationScale ~ 0.001, 0.01
                random 16
                """);
    }

    private static double value(Combination run, String key) {
        return run.settings().get(key).doubleValue();
    }

    private void startSweep() {
        startSweep(
                """
                method.learningRate = 0.0005, 0.002, 0.008
                training.batchSize = 8, 16
                seed = 1, 2
                """);
    }

    private void startSweep(String lines) {
        onScreen(
                () -> {
                    workbench.placeProperty().set(Place.RUNS);
                    workbench.sweeps().draft().base(workbench.setup().fileProperty().get());
                    workbench.sweeps().shownProperty().set(true);
                    workbench.sweeps().draft().linesProperty().set(lines);
                });
        awaitTrue(() -> workbench.sweeps().draft().fileProperty().get() != null);
        onScreen(workbench.sweeps()::start);
    }

    /** Until the window's threads are ended. */
    static void waitForTheEnd() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private RunsViewModel runs() {
        return workbench.runs();
    }

    private void showRuns(int count) {
        onScreen(() -> workbench.placeProperty().set(Place.RUNS));
        awaitTrue(() -> runs().rows().size() == count);
    }

    private void selectRuns(int from, int to) {
        onScreen(() -> runs().select(runs().rows().subList(from, to)));
        awaitTrue(() -> runs().overlay().lines().size() == to - from);
    }

    private void showFits() {
        onScreen(() -> workbench.placeProperty().set(Place.FITS));
        awaitTrue(() -> workbench.fits().progressProperty().get() == 1);
    }

    private void showGuide(Spot spot) {
        onScreen(
                () -> {
                    workbench.help().open(spot);
                    workbench.placeProperty().set(Place.HELP);
                });
    }

    private void showCell() {
        showFits();
        onScreen(
                () -> {
                    FitsViewModel fits = workbench.fits();
                    fits.filterProperty().set("large");
                    var row = fits.shown().getFirst();
                    fits.cellProperty().set(new FitsViewModel.Cell(row, row.on("redmi-12c")));
                });
    }

    private FakeRun startRun(int budgetMegabytes) {
        awaitTrue(
                () -> {
                    if (launcher.count() == 0) {
                        onScreen(workbench::start);
                    }
                    return launcher.count() > 0;
                });
        FakeRun run = launcher.last();
        run.say(Sample.started(budgetMegabytes * Sample.MB, STEPS));
        run.say(Sample.evaluated(0, 1.31, 0.57));
        run.say(new Event.Reference(1900, "first-order head", "validation", 0.31, 0.88));
        return run;
    }

    /**
     * @param growth megabytes a hundred steps
     */
    private void say(FakeRun run, int last, int budget, int growth) {
        Random random = new Random(1);
        for (int step = 1; step <= last; step++) {
            double fall = Math.exp(-step / 140.0);
            run.say(Sample.step(step, 0.42 + 0.95 * fall + 0.09 * random.nextGaussian()));
            if (step % 50 == 0) {
                run.say(Sample.evaluated(step, 0.45 + 0.8 * fall, 0.84 - 0.27 * fall));
            }
            if (step % 10 == 0) {
                run.say(Sample.phone(step, null));
            }
            run.say(
                    Sample.memory(
                            2000 + 200L * step,
                            372 + random.nextInt(8) + growth * step / 100,
                            budget));
        }
        awaitTrue(() -> workbench.train().figures().step() == last);
    }

    private void finish() {
        FakeRun run = startRun(BUDGET);
        say(run, STEPS, BUDGET, 0);
        run.say(new Event.Evaluated(123_000, STEPS, "test", 0.5, 0.811, 90));
        run.say(
                new Event.Finished(
                        123_500, STEPS, false, 0.46, 0.833, 0.57, 0.811, 381 * Sample.MB));
        run.exit(ExitCode.DONE);
        awaitState(RunState.FINISHED);
    }

    private void kill() {
        onScreen(() -> workbench.setup().budgetField().textProperty().set("512"));
        FakeRun run = startRun(512);
        say(run, 412, 512, 33);
        run.say(
                new Event.Killed(
                        84_500,
                        "The resident set passed the budget.",
                        "Choose a phone with more memory, a smaller batch, or another method.",
                        530 * Sample.MB,
                        512 * Sample.MB,
                        412));
        run.exit(ExitCode.KILLED);
        awaitState(RunState.KILLED);
    }

    private void awaitState(RunState state) {
        awaitTrue(() -> workbench.train().stateProperty().get() == state);
    }

    static void onScreen(Runnable action) {
        WaitForAsyncUtils.waitForAsyncFx(10_000, action);
        WaitForAsyncUtils.waitForFxEvents();
    }

    static void awaitTrue(Callable<Boolean> condition) {
        await().atMost(Duration.ofSeconds(30)).until(condition);
        WaitForAsyncUtils.waitForFxEvents();
    }
}
