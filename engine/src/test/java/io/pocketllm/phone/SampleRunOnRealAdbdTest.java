package io.pocketllm.phone;

import static org.assertj.core.api.Assertions.assertThat;

import io.pocketllm.run.Event;
import io.pocketllm.run.ExitCode;
import io.pocketllm.run.Folders;
import io.pocketllm.run.Replay;
import io.pocketllm.run.RunFile;
import io.pocketllm.run.Runs;
import io.pocketllm.run.SmallInbox;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/** The sample run, all of it, through adb. */
@OnRealAdbd
@EnabledIfEnvironmentVariable(
        named = "POCKETLLM_REQUIRE_PHONES",
        matches = "1",
        disabledReason = "trains for a minute; ./mvnw -Pphones verify runs it")
@Timeout(600)
class SampleRunOnRealAdbdTest {

    @TempDir private Path folder;

    @Test
    void whatItLearnsThereIsMadeAgainHereFromItsTrajectoryToTheSameBits() throws Exception {
        List<Path> bundles = PhoneBundles.build("x86_64");
        RunFile file = Runs.open("sample:inbox-nurse");
        Folders home = Folders.under(SmallInbox.sharedHome());
        Folders own = new Folders(home.cache(), folder.resolve("runs"), home.settings());
        HeardRun heard = new HeardRun();
        PhoneRun run;
        try (PhoneLab lab = new PhoneLab()) {
            Phone phone = lab.phone("oppo-reno6-5g", "x86_64", 0).connected();
            run =
                    new PhoneLauncher(phone, own, bundles, progress -> {}, new Cancellation())
                            .start(file, heard.events::add);
            assertThat(run.ended().join()).as("%s", heard.events).isEqualTo(ExitCode.DONE);
        }

        assertThat(heard.steps()).hasSize(file.spec().training().steps());
        assertThat(heard.events.getLast())
                .isInstanceOfSatisfying(
                        Event.Finished.class,
                        f ->
                                assertThat(f.accuracy())
                                        .as("held-out accuracy")
                                        .isGreaterThan(f.startAccuracy() + 0.3));
        try (Replay replay = Replay.of(run.folder(), home.cache(), 2, step -> {})) {
            assertThat(replay.steps()).isEqualTo(file.spec().training().steps());
            assertThat(replay.differences()).isEmpty();
        }
    }
}
