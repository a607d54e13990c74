package io.pocketllm.app.phones;

import static org.assertj.core.api.Assertions.assertThat;

import io.pocketllm.app.chart.LineStyle;
import io.pocketllm.app.chart.OverlayLine;
import io.pocketllm.app.chart.Quantity;
import io.pocketllm.app.chart.XAxis;
import io.pocketllm.app.task.InlineTasks;
import io.pocketllm.device.DeviceCatalogue;
import io.pocketllm.device.UserProfiles;
import io.pocketllm.run.Event;
import io.pocketllm.run.ExitCode;
import io.pocketllm.run.RunFile;
import io.pocketllm.run.RunFolder;
import io.pocketllm.run.RunLibrary;
import io.pocketllm.run.RunProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A phone's run beside its simulation, without a window. */
class BesideViewModelTest {

    @TempDir private Path home;

    private final InlineTasks tasks = new InlineTasks();
    private final ObjectProperty<Path> real = new SimpleObjectProperty<>();
    private final StringProperty hold = new SimpleStringProperty("");
    private final List<String> commands = new ArrayList<>();
    private final CompletableFuture<ExitCode> ended = new CompletableFuture<>();
    private Path runs;
    private UserProfiles profiles;
    private int profileChanges;
    private RunFile started;
    private Consumer<Event> listener;
    private IOException refusal;
    private BesideViewModel beside;

    @BeforeEach
    void open() throws Exception {
        runs = Files.createDirectories(home.resolve("runs"));
        profiles = DeviceCatalogue.userProfiles(home.resolve("devices"));
        beside =
                new BesideViewModel(
                        real,
                        new BesideSurroundings(
                                new RunLibrary(runs),
                                this::start,
                                profiles,
                                () -> profileChanges++,
                                hold,
                                tasks));
    }

    /** A run that notes what it is told. */
    private RunProcess start(RunFile file, Consumer<Event> heardBy) throws IOException {
        if (refusal != null) {
            throw refusal;
        }
        started = file;
        listener = heardBy;
        return new RunProcess() {
            @Override
            public void pause() {}

            @Override
            public void resume() {}

            @Override
            public void evaluate() {}

            @Override
            public void stop() {
                commands.add("stop");
            }

            @Override
            public void kill() {
                commands.add("kill");
            }

            @Override
            public CompletableFuture<ExitCode> ended() {
                return ended;
            }

            @Override
            public RunFolder folder() {
                return new RunFolder(runs.resolve("2026-03-05-twin"));
            }

            @Override
            public void close() {
                kill();
            }
        };
    }

    private void phoneAndTwin(double factor) throws IOException {
        Path phone = BesideFolders.real(runs, "2026-03-04-phone", 120, factor);
        BesideFolders.simulated(runs, "2026-03-05-twin", phone, 200);
        real.set(phone);
    }

    @Test
    void without_a_run_on_the_phone_it_says_what_to_do() {
        assertThat(beside.words().empty()).startsWith("Run something on this phone");
        assertThat(beside.words().canSimulate()).isFalse();
        assertThat(beside.lines()).isEmpty();
        tasks.tick();
        assertThat(beside.problemProperty().get()).isEmpty();
    }

    @Test
    void without_a_simulated_run_the_phone_is_drawn_alone_and_one_can_be_made() throws Exception {
        real.set(BesideFolders.real(runs, "2026-03-04-phone", 30, 1));

        assertThat(beside.lines()).extracting(OverlayLine::name).containsExactly("this phone");
        assertThat(beside.words().empty()).contains("Simulate it here");
        assertThat(beside.words().canSimulate()).isTrue();
        assertThat(beside.words().verdict()).isEmpty();
    }

    @Test
    void both_are_drawn_and_the_verdict_is_said() throws Exception {
        phoneAndTwin(1.068);

        assertThat(beside.lines())
                .extracting(OverlayLine::name, OverlayLine::style)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("simulated", new LineStyle(0)),
                        org.assertj.core.groups.Tuple.tuple("this phone", new LineStyle(1)));
        assertThat(beside.words().verdict())
                .matches(
                        "The phone is [67]\\.[0-9] % slower than its profile"
                                + " \\(median of 76 steps before throttling, ±0\\.[0-9] %\\)\\.");
        assertThat(beside.words().notes()).isEqualTo("It begins to throttle 40 steps earlier.");
        assertThat(beside.words().title()).isEqualTo("Seconds a step: simulated beside real");
        assertThat(beside.readOut(40)).contains("step 40", "simulated  0.9", "this phone  ");

        beside.quantityProperty().set(Quantity.TEMPERATURE);
        assertThat(beside.words().title()).startsWith("Temperature, °C");
        assertThat(beside.readOut(41)).contains("simulated  31.2 °C", "this phone  32.7 °C");
        for (Quantity each : BesideViewModel.QUANTITIES) {
            assertThat(beside.lines()).as("%s", each).noneMatch(line -> line.isEmpty(each));
        }
    }

    @Test
    void of_all_runs_only_simulations_of_the_same_work_are_offered_the_newest_first()
            throws Exception {
        Path phone = BesideFolders.real(runs, "2026-03-04-phone", 30, 1);
        BesideFolders.real(runs, "2026-03-04-other-phone", 30, 1);
        BesideFolders.simulated(runs, "2026-03-05-a", phone, 40);
        BesideFolders.simulated(runs, "2026-03-06-b", phone, 40, "seed", "8");
        BesideFolders.simulated(runs, "2026-03-07-c", phone, 40, "training.batchSize", "8");
        BesideFolders.simulated(runs, "2026-03-08-d", phone, 40, "method.space", "head");
        BesideFolders.simulated(runs, "2026-03-09-e", phone, 40, "device.simulate", "false");
        real.set(phone);

        assertThat(beside.twins())
                .extracting(twin -> twin.folder().getFileName().toString())
                .containsExactly("2026-03-06-b", "2026-03-05-a");
        assertThat(beside.twinProperty().get()).isEqualTo(beside.twins().getFirst());
        assertThat(beside.words().notes()).contains("seed is 7 on the phone and 8 simulated");
        beside.twinProperty().set(beside.twins().getLast());
        assertThat(beside.words().notes()).doesNotContain("seed");
        assertThat(beside.comparison().steps().steps()).isEqualTo(25);
    }

    @Test
    void while_the_phone_goes_on_its_new_steps_come_by_themselves() throws Exception {
        phoneAndTwin(1.1);
        int before = beside.comparison().steps().steps();
        int revision = beside.revisionProperty().get();
        tasks.tick();
        assertThat(beside.revisionProperty().get()).as("nothing is new").isEqualTo(revision);

        Files.writeString(
                real.get().resolve("events.ndjson"),
                "{\"event\":\"step\",\"st",
                java.nio.file.StandardOpenOption.APPEND);
        tasks.tick();
        assertThat(beside.revisionProperty().get()).as("a torn line waits").isEqualTo(revision);
        Files.writeString(
                real.get().resolve("events.ndjson"),
                "ep\":0,\"unknown\":1}\n",
                java.nio.file.StandardOpenOption.APPEND);
        BesideFolders.realSteps(real.get(), 121, 180, 1.1);
        tasks.tick();

        assertThat(beside.revisionProperty().get()).isGreaterThan(revision);
        OverlayLine phone = beside.lines().getLast();
        assertThat(phone.extent(XAxis.STEP).max()).isGreaterThanOrEqualTo(180);
        assertThat(phone.at(Quantity.STEP_TIME, XAxis.STEP, 170).mean()).isGreaterThan(0.9);
        assertThat(beside.comparison().steps().steps()).isGreaterThanOrEqualTo(before);
    }

    @Test
    void simulating_it_here_takes_the_same_run_file_on_the_phones_own_profile() throws Exception {
        real.set(BesideFolders.real(runs, "2026-03-04-phone", 120, 1.2));
        beside.simulate();

        assertThat(started.spec().device().profile())
                .isEqualTo(real.get().resolve("phone.json").toString());
        assertThat(started.spec().method()).isEqualTo(BesideFolders.file().spec().method());
        assertThat(started.spec().device().simulate()).isTrue();
        assertThat(beside.simulatingProperty().get()).isTrue();
        assertThat(beside.words().canSimulate()).as("one at a time").isFalse();
        // It has not written anything yet.
        tasks.tick();
        Path twin = BesideFolders.simulated(runs, "2026-03-05-twin", real.get(), 90);
        listener.accept(BesideFolders.step(90, 60, 880.0));
        tasks.tick();
        assertThat(beside.progressTextProperty().get()).isEqualTo("Step 90 of 600");
        assertThat(beside.progressProperty().get()).isEqualTo(0.15);
        assertThat(beside.comparison().steps().steps()).as("compared as it goes").isEqualTo(76);

        listener.accept(new Event.Finished(9, 90, false, 0.4, 0.8, 0.5, null, 274_000_000));
        ended.complete(ExitCode.DONE);
        tasks.tick();
        assertThat(beside.simulatingProperty().get()).isFalse();
        assertThat(beside.simulationProblemProperty().get()).isEmpty();
        assertThat(beside.twinProperty().get().folder()).isEqualTo(twin);
        assertThat(beside.twins()).hasSize(1);
        assertThat(beside.words().canSimulate()).isTrue();
    }

    @Test
    void a_simulation_can_be_cancelled_and_what_kills_it_is_said() throws Exception {
        real.set(BesideFolders.real(runs, "2026-03-04-phone", 30, 1.2));
        beside.simulate();
        beside.cancel();
        assertThat(commands).containsExactly("stop");

        listener.accept(new Event.Killed(1, "It held too much.", "h", 2, 1, 0));
        ended.complete(ExitCode.KILLED);
        tasks.tick();
        assertThat(beside.simulationProblemProperty().get()).contains("It held too much.");
        assertThat(beside.simulatingProperty().get()).isFalse();
    }

    @Test
    void a_simulation_that_cannot_be_started_says_why() throws Exception {
        real.set(BesideFolders.real(runs, "2026-03-04-phone", 30, 1.2));
        refusal = new IOException("no room");
        beside.simulate();
        assertThat(beside.simulationProblemProperty().get()).isEqualTo("no room");
        assertThat(beside.simulatingProperty().get()).isFalse();
    }

    @Test
    void while_another_run_trains_here_none_is_simulated_and_that_is_said() throws Exception {
        real.set(BesideFolders.real(runs, "2026-03-04-phone", 30, 1.2));
        hold.set("A run is going on: stop it first.");
        assertThat(beside.words().canSimulate()).isFalse();
        assertThat(beside.words().whyNotSimulate()).contains("stop it first");
        beside.simulate();
        assertThat(started).isNull();
        hold.set("");
        assertThat(beside.words().canSimulate()).isTrue();
    }

    @Test
    void a_recalibrated_profile_is_a_persons_own_and_can_be_taken_back() throws Exception {
        phoneAndTwin(1.25);
        assertThat(beside.words().canRecalibrate()).isTrue();
        beside.recalibrate();

        double factor = profiles.find(BesideFolders.PHONE).stepTimeFactor();
        assertThat(factor).isBetween(1.23, 1.27);
        assertThat(beside.words().saved())
                .isEqualTo(
                        "Saved as your phone \"phone-cph2251\": step time factor "
                                + factor
                                + ", before 1.");
        assertThat(beside.words().canRecalibrate()).as("it is done").isFalse();
        assertThat(profileChanges).isEqualTo(1);

        beside.simulate();
        assertThat(started.spec().device().profile())
                .as("simulated again on the corrected profile")
                .isEqualTo(BesideFolders.PHONE);

        beside.undo();
        assertThat(profiles.file(BesideFolders.PHONE)).isEmpty();
        assertThat(beside.words().saved()).isEmpty();
        assertThat(beside.words().canRecalibrate()).isTrue();
        assertThat(profileChanges).isEqualTo(2);
    }

    @Test
    void a_profile_of_that_id_that_says_other_things_is_left_alone() throws Exception {
        profiles.duplicate("pixel-9", BesideFolders.PHONE);
        String before = Files.readString(profiles.file(BesideFolders.PHONE).orElseThrow());
        phoneAndTwin(1.25);
        beside.recalibrate();

        assertThat(beside.words().saved()).contains("phone-cph2251-measured");
        assertThat(profiles.file(BesideFolders.PHONE).orElseThrow()).hasContent(before);
        beside.undo();
        assertThat(profiles.file("phone-cph2251-measured")).isEmpty();
    }

    @Test
    void corrected_again_as_steps_come_the_undo_goes_back_to_the_start() throws Exception {
        phoneAndTwin(1.25);
        beside.recalibrate();
        double first = profiles.find(BesideFolders.PHONE).stepTimeFactor();
        Path other = BesideFolders.simulated(runs, "2026-03-09-short", real.get(), 60);
        beside.twinProperty().set(new BesideTwin(other, "short"));
        assertThat(beside.words().canRecalibrate()).isTrue();
        beside.recalibrate();
        assertThat(profiles.find(BesideFolders.PHONE).stepTimeFactor()).isNotEqualTo(first);

        beside.undo();
        assertThat(profiles.file(BesideFolders.PHONE)).isEmpty();
    }

    @Test
    void too_few_steps_correct_nothing_and_that_is_said() throws Exception {
        Path phone = BesideFolders.real(runs, "2026-03-04-phone", 9, 1.2);
        BesideFolders.simulated(runs, "2026-03-05-twin", phone, 200);
        real.set(phone);

        assertThat(beside.words().canRecalibrate()).isFalse();
        assertThat(beside.words().notes()).contains("10 are needed");
    }

    @Test
    void runs_with_other_threads_are_not_compared_and_that_is_said() throws Exception {
        Path phone = BesideFolders.real(runs, "2026-03-04-phone", 30, 1.2);
        BesideFolders.simulated(runs, "2026-03-05-twin", phone, 50, "device.threads", "1");
        real.set(phone);

        assertThat(beside.comparison()).isNull();
        assertThat(beside.problemProperty().get()).contains("2 threads", "device.threads");
        assertThat(beside.lines()).as("drawn all the same").hasSize(2);
    }

    @Test
    void another_phones_run_begins_anew() throws Exception {
        phoneAndTwin(1.25);
        beside.recalibrate();
        Path second = BesideFolders.real(home.resolve("elsewhere"), "second", 12, 3);
        real.set(second);
        assertThat(beside.words().saved()).isEmpty();
        assertThat(beside.words().verdict()).startsWith("A step takes 3.").contains("8 steps");

        Path noRun = Files.createDirectories(home.resolve("nothing"));
        real.set(noRun);
        assertThat(beside.problemProperty().get()).contains("is no run folder");
        assertThat(beside.words().verdict()).isEmpty();
        real.set(null);
        assertThat(beside.words().empty()).startsWith("Run something");
        assertThat(beside.problemProperty().get()).isEmpty();
    }

    @Test
    void closing_ends_a_simulation() throws Exception {
        real.set(BesideFolders.real(runs, "2026-03-04-phone", 30, 1.2));
        beside.simulate();
        beside.close();
        assertThat(commands).containsExactly("kill");
        tasks.tick();
    }
}
