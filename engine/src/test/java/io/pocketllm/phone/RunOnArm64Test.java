package io.pocketllm.phone;

import static org.assertj.core.api.Assertions.assertThat;

import io.pocketllm.run.Event;
import io.pocketllm.run.ExitCode;
import io.pocketllm.run.Folders;
import io.pocketllm.run.Replay;
import io.pocketllm.run.RunFile;
import io.pocketllm.run.RunFolder;
import io.pocketllm.run.RunProcess;
import io.pocketllm.run.Runs;
import io.pocketllm.run.SmallInbox;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/**
 * The engine's arm64 bundle on an emulated processor, minutes instead of seconds; docs/phones.md
 * has the command that runs it.
 */
@OnRealAdbd
@EnabledIfEnvironmentVariable(
        named = "POCKETLLM_TEST_ARM64",
        matches = "1",
        disabledReason = "takes minutes; set POCKETLLM_TEST_ARM64=1 to run it")
@Timeout(5400)
class RunOnArm64Test {

    @TempDir private Path folder;

    @Test
    void anArm64PhoneTrainsLikeThisComputer() throws Exception {
        List<Path> bundles = PhoneBundles.build("arm64-v8a");
        RunFile file = SmallInbox.run(folder, "head", 10);
        Folders home = Folders.under(SmallInbox.sharedHome());
        Folders own = new Folders(home.cache(), folder.resolve("runs"), home.settings());
        HeardRun heard = new HeardRun();
        RunFolder there;
        try (PhoneLab lab = new PhoneLab()) {
            Phone phone = lab.phone("oppo-reno6-5g", "arm64-v8a", 0).connected();
            PhoneRun run =
                    new PhoneLauncher(phone, own, bundles, progress -> {}, new Cancellation())
                            .start(file, heard.events::add);
            assertThat(run.ended().join()).as("%s", heard.events).isEqualTo(ExitCode.DONE);
            there = run.folder();
        }
        // Noise and updates are ours alone: from the slopes measured there this computer makes the
        // same bits.
        try (Replay replay = Replay.of(there, home.cache(), 1, step -> {})) {
            assertThat(replay.steps()).isEqualTo(10);
            assertThat(replay.differences()).isEmpty();
        }
        RunFolder here;
        try (RunProcess process =
                new Runs(home).startIn(file, folder.resolve("here"), event -> {})) {
            assertThat(process.ended().join()).isEqualTo(ExitCode.DONE);
            here = process.folder();
        }

        // Another processor adds in another order: the losses agree to the sixth digit or so.
        List<Event.Step> steps = heard.of(Event.Step.class);
        List<Event.Step> expected =
                here.readEvents().stream()
                        .filter(Event.Step.class::isInstance)
                        .map(Event.Step.class::cast)
                        .toList();
        assertThat(steps).hasSameSizeAs(expected);
        for (int i = 0; i < steps.size(); i++) {
            assertThat(steps.get(i).loss()).isCloseTo(expected.get(i).loss(), Offset.offset(1e-3));
        }
        assertThat(head(there)).hasSameSizeAs(head(here));
        float[] theirs = head(there);
        float[] ours = head(here);
        for (int i = 0; i < ours.length; i++) {
            assertThat(theirs[i]).isCloseTo(ours[i], Offset.offset(2e-3f));
        }
    }

    /** All numbers of the checkpoint, after the header that says how long it is. */
    private static float[] head(RunFolder run) throws IOException {
        ByteBuffer bytes =
                ByteBuffer.wrap(Files.readAllBytes(run.checkpoint().resolve("model.safetensors")))
                        .order(ByteOrder.LITTLE_ENDIAN);
        int from = 8 + (int) bytes.getLong(0);
        float[] numbers = new float[(bytes.limit() - from) / 4];
        bytes.position(from).slice().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(numbers);
        return numbers;
    }
}
