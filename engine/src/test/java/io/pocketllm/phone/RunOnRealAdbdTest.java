package io.pocketllm.phone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pocketllm.device.DeviceCatalogue;
import io.pocketllm.device.DeviceProfile;
import io.pocketllm.run.Event;
import io.pocketllm.run.ExitCode;
import io.pocketllm.run.Folders;
import io.pocketllm.run.Replay;
import io.pocketllm.run.RunFile;
import io.pocketllm.run.RunFolder;
import io.pocketllm.run.RunProcess;
import io.pocketllm.run.Runs;
import io.pocketllm.run.SmallInbox;
import io.pocketllm.run.TextQuestion;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/** The engine's x86_64 bundle, sent to a real adbd, trains there. */
@OnRealAdbd
@EnabledIfEnvironmentVariable(
        named = "POCKETLLM_REQUIRE_PHONES",
        matches = "1",
        disabledReason = "builds and sends 92 MB; ./mvnw -Pphones verify runs it")
@Timeout(240)
class RunOnRealAdbdTest {

    @TempDir private Path folder;

    private static PhoneLab lab;
    private static PhoneLab.FakePhone fake;
    private static List<Path> bundles;

    private final HeardRun heard = new HeardRun();

    @BeforeAll
    static void buildTheEngineAndStartAPhone() throws Exception {
        bundles = PhoneBundles.build("x86_64");
        lab = new PhoneLab();
        fake = lab.phone("oppo-reno6-5g", "x86_64", 0);
    }

    @AfterAll
    static void end() throws IOException {
        lab.close();
    }

    private PhoneRun start(Phone phone, RunFile file) throws Exception {
        Folders home = Folders.under(SmallInbox.sharedHome());
        Folders own = new Folders(home.cache(), folder.resolve("runs"), home.settings());
        return new PhoneLauncher(phone, own, bundles, progress -> {}, new Cancellation())
                .start(file, heard.events::add);
    }

    @Test
    void aRunThereGivesTheSameBitsAsHere() throws Exception {
        RunFile file = SmallInbox.run(folder, "head", 30);
        PhoneRun run = start(fake.connected(), file);
        assertThat(HeardRun.awaitEnd(run)).as("%s", heard.events).isEqualTo(ExitCode.DONE);

        RunFolder here;
        try (RunProcess process =
                new Runs(Folders.under(SmallInbox.sharedHome()))
                        .startIn(file, folder.resolve("here"), event -> {})) {
            assertThat(process.ended().join()).isEqualTo(ExitCode.DONE);
            here = process.folder();
        }

        assertThat(run.folder().trajectory()).hasSameBinaryContentAs(here.trajectory());
        assertThat(run.folder().checkpoint().resolve("model.safetensors"))
                .hasSameBinaryContentAs(here.checkpoint().resolve("model.safetensors"));
        try (Replay replay =
                Replay.of(
                        run.folder(),
                        Folders.under(SmallInbox.sharedHome()).cache(),
                        1,
                        step -> {})) {
            assertThat(replay.steps()).isEqualTo(30);
            assertThat(replay.differences())
                    .as("a replay here of what was learned there")
                    .isEmpty();
        }
        assertThat(heard.steps()).isEqualTo(IntStream.rangeClosed(1, 30).boxed().toList());
        assertThat(heard.of(Event.Started.class))
                .singleElement()
                .extracting(Event.Started::deviceName)
                .isEqualTo("OPPO Reno6 5G");
        assertThat(heard.of(Event.Memory.class))
                .isNotEmpty()
                .allSatisfy(m -> assertThat(m.rssBytes()).isPositive());
        assertThat(heard.of(Event.Phone.class))
                .as("as the phone's description has it")
                .isNotEmpty()
                .allSatisfy(
                        p -> {
                            assertThat(p.temperatureCelsius()).isEqualTo(33.9);
                            assertThat(p.batteryPercent()).isEqualTo(71);
                            assertThat(p.charging()).isTrue();
                            assertThat(p.thermalStatus()).isZero();
                            assertThat(p.isSimulated()).isFalse();
                        });
        assertThat(heard.events.getLast())
                .isInstanceOfSatisfying(
                        Event.Finished.class,
                        f -> assertThat(f.peakRssBytes()).isGreaterThan(50_000_000));
        assertThat(run.folder().readEvents()).isEqualTo(heard.events);
        assertThat(run.folder().summary()).exists();
    }

    @Test
    void aRunThereAnswersQuestionsAndIsHeldAgainstItsSimulation() throws Exception {
        PhoneRun run =
                start(fake.connected(), SmallInbox.run(folder, "lora", 40, "device.threads", "1"));
        heard.awaitStep(2);
        String text = "Can't you \"come\"? $HOME 日本 \uD83D\uDE00 `ls`";
        assertThat(run.predict(new TextQuestion(7, text))).isTrue();
        heard.awaitEvent(e -> e instanceof Event.Prediction);
        assertThat(HeardRun.awaitEnd(run)).as("%s", heard.events).isEqualTo(ExitCode.DONE);
        assertThat(heard.of(Event.Prediction.class))
                .singleElement()
                .satisfies(
                        p -> {
                            assertThat(p.id()).isEqualTo(7);
                            assertThat(p.text()).isEqualTo(text);
                            assertThat(p.probabilities()).hasSize(3);
                        });
        assertThat(run.folder().events()).content().doesNotContain("HOME");

        RunFolder here;
        try (RunProcess process =
                new Runs(Folders.under(SmallInbox.sharedHome()))
                        .startIn(
                                SimulatedTwin.of(
                                        run.folder().path(),
                                        DeviceCatalogue.userProfiles(folder.resolve("own"))),
                                folder.resolve("twin"),
                                event -> {})) {
            assertThat(process.ended().join()).isEqualTo(ExitCode.DONE);
            here = process.folder();
        }
        RunComparison comparison = RunComparison.of(run.folder().path(), here.path());

        assertThat(comparison.steps().steps()).isEqualTo(35);
        assertThat(comparison.differences()).isEmpty();
        assertThat(comparison.profile().processKind()).isEqualTo(DeviceProfile.ProcessKind.SHELL);
        assertThat(comparison.steps().realMillis()).isBetween(1.0, 10_000.0);
        assertThat(comparison.steps().ratio())
                .isBetween(
                        0.5
                                * comparison.steps().realMillis()
                                / comparison.steps().simulatedMillis(),
                        2 * comparison.steps().realMillis() / comparison.steps().simulatedMillis());
        assertThat(comparison.real().startCelsius()).isEqualTo(33.9);
        assertThat(comparison.simulated().hottestCelsius()).isNotNull();
    }

    @Test
    void unpluggedItGoesOnAndIsCaughtUpWithAndItObeysAndCanBeFollowedAnew() throws Exception {
        try (Gate gate = new Gate(fake.port, Gate.Mode.OPEN)) {
            Phone phone = lab.connect(gate.serial());
            PhoneRun run = start(phone, SmallInbox.run(folder, "head", 1_000_000));
            heard.awaitStep(1);

            gate.become(Gate.Mode.GONE);
            heard.awaitEvent(
                    e -> e instanceof Event.Warning w && w.message().contains("goes on there"));
            int before = heard.steps().getLast();
            gate.become(Gate.Mode.OPEN);
            lab.awaitReady(gate.serial());
            heard.awaitEvent(e -> e instanceof Event.Warning w && w.message().contains("is back"));
            heard.awaitStep(before + 1);

            run.pause();
            heard.awaitEvent(e -> e instanceof Event.Paused);
            run.detach();
            assertThat(HeardRun.awaitEnd(run)).isEqualTo(ExitCode.INTERRUPTED);

            PhoneRun again =
                    PhoneLauncher.attach(lab.server, run.folder().path(), heard.events::add);
            again.resume();
            heard.awaitEvent(e -> e instanceof Event.Resumed);
            assertThatThrownBy(() -> new PhoneStorage(phone).clean(new Cancellation()))
                    .hasMessageContaining("still going on");
            again.stop();
            assertThat(HeardRun.awaitEnd(again)).isEqualTo(ExitCode.DONE);
        }

        List<Integer> steps = heard.steps();
        assertThat(steps)
                .as("none lost, none twice")
                .isEqualTo(IntStream.rangeClosed(1, steps.size()).boxed().toList());
        assertThat(heard.events.getLast())
                .isInstanceOfSatisfying(
                        Event.Finished.class, f -> assertThat(f.stopped()).isTrue());
    }

    @Test
    void overItsBudgetItIsEndedOnThePhone() throws Exception {
        RunFile file = SmallInbox.run(folder, "head", 1_000_000, "device.budgetBytes", "60000000");
        PhoneRun run = start(fake.connected(), file);

        assertThat(HeardRun.awaitEnd(run)).isEqualTo(ExitCode.KILLED);
        assertThat(heard.events.getLast())
                .isInstanceOfSatisfying(
                        Event.Killed.class,
                        k -> assertThat(k.rssBytes()).isGreaterThan(k.budgetBytes()));
    }

    @Test
    void aPhoneThatWasSwitchedOffInTheMiddleIsToldSo() throws Exception {
        PhoneLab.FakePhone other = lab.phone("redmi-12c", "x86_64", 0);
        PhoneRun run = start(other.connected(), SmallInbox.run(folder, "head", 1_000_000));
        heard.awaitStep(1);

        other.end();
        heard.awaitEvent(e -> e instanceof Event.Warning);
        lab.again(other, "redmi-12c", "x86_64").connected();

        assertThat(HeardRun.awaitEnd(run)).isEqualTo(ExitCode.INTERNAL_ERROR);
        assertThat(heard.events.getLast())
                .isInstanceOfSatisfying(
                        Event.Failed.class,
                        f -> assertThat(f.message()).contains("is gone", "steps"));
        assertThat(run.folder().trajectory()).as("what was learned").exists();
        new PhoneStorage(other.connected()).clean(new Cancellation());
        assertThat(other.file(PhonePaths.BASE)).doesNotExist();
    }
}
