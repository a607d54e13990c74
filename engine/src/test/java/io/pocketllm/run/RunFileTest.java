package io.pocketllm.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.pocketllm.zo.MethodSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a good run file says, and what overriding one of its values does. */
@Timeout(20)
class RunFileTest {

    @TempDir private Path folder;

    private RunFile file() throws RunFileException {
        return RunFile.parse("run.json", folder, SmallInbox.json("data", "head", 3));
    }

    @Test
    void commentsAreAllowed() throws Exception {
        String text =
                "// by hand\n" + SmallInbox.json("data", "head", 3).replace("}", "/* here */ }");

        assertThat(RunFile.parse("run.json", folder, text).spec()).isEqualTo(file().spec());
    }

    @Test
    void whatIsLeftOutHasItsDocumentedDefault() throws Exception {
        RunSpec spec = file().with(Map.of("device", "null", "seed", "null", "name", "null")).spec();

        assertThat(spec.name()).isEqualTo("Untitled run");
        assertThat(spec.seed()).isZero();
        assertThat(spec.device()).isEqualTo(new RunSpec.Device("none", null, null));
        assertThat(spec.objective().kind()).isEqualTo(ObjectiveKind.CLASS_HEAD);
        assertThat(spec.method().direction()).isEqualTo(MethodSpec.Direction.GAUSSIAN);
        assertThat(spec.method().perturbationScale()).isEqualTo(1e-3);
        assertThat(spec.training().noiseThreads()).isNull();
        assertThat(spec.training().reference()).isFalse();
    }

    @Test
    void labelsKeepTheOrderOfTheFile() throws Exception {
        assertThat(file().spec().objective().labels().keySet())
                .containsExactly("reply now", "read later", "ignore");
    }

    @Test
    void anOverrideIsInTheSpecAndInTheTextAndTheOriginalStays() throws Exception {
        RunFile before = file();
        RunFile after =
                before.with("training.steps", "9")
                        .with("name", "5 kinds, true")
                        .with("device.budgetBytes", "200000000")
                        .with("seed", "-9223372036854775808");

        assertThat(before.spec()).isEqualTo(file().spec());
        assertThat(after.spec().training().steps()).isEqualTo(9);
        assertThat(after.spec().name()).isEqualTo("5 kinds, true");
        assertThat(after.spec().device().budgetBytes()).isEqualTo(200_000_000);
        assertThat(after.spec().seed()).isEqualTo(Long.MIN_VALUE);
        assertThat(RunFile.parse("copy.json", folder, after.toJson()).spec())
                .isEqualTo(after.spec());
    }

    @Test
    void anOverrideTakenBackLeavesTheFileAsItWas() throws Exception {
        RunFile there = file().with("device.budgetBytes", "200000000");

        assertThat(there.with("device.budgetBytes", "null").toJson()).isEqualTo(file().toJson());
    }

    @Test
    void anOverrideMakesThePartItBelongsTo() throws Exception {
        RunFile without = file().with("device", "null");
        String nothing = file().toJson().replaceAll("(?s)\"device\" : \\{.*?}", "\"device\": null");

        assertThat(without.with("device.threads", "2").spec().device().threads()).isEqualTo(2);
        assertThat(
                        RunFile.parse("run.json", folder, nothing)
                                .with("device.threads", "2")
                                .spec()
                                .device()
                                .threads())
                .isEqualTo(2);
    }

    @Test
    void severalOverridesOnlyHaveToMakeSenseTogether() throws Exception {
        Map<String, String> changes = new LinkedHashMap<>();
        changes.put("method.space", "full");
        changes.put("method.direction", "gaussian");

        assertThat(Runs.sample("inbox-nurse").with(changes).spec().method().space())
                .isEqualTo(MethodSpec.Space.FULL);
    }

    @Test
    void anAbsoluteCopyNamesTheSameFilesFromAnyFolder() throws Exception {
        Path home = Files.createDirectories(folder.resolve("at home"));
        Path away = Files.createDirectories(folder.resolve("away/far"));
        RunFile file =
                RunFile.parse("run.json", home, SmallInbox.json("my data", "head", 3))
                        .with("model.path", "../models/small.onnx")
                        .with("device.profile", "phones/mine.json");

        RunFile moved = RunFile.parse("run.json", away, file.absolute().toJson());

        for (String key : new String[] {"data.path", "model.path", "device.profile"}) {
            assertThat(moved.resolve(key, path(moved, key)).normalize())
                    .as(key)
                    .isEqualTo(file.resolve(key, path(file, key)).normalize());
        }
        assertThat(moved.absolute().toJson()).isEqualTo(moved.toJson());
    }

    private static String path(RunFile file, String key) {
        return switch (key) {
            case "data.path" -> file.spec().data().path();
            case "model.path" -> file.spec().model().path();
            default -> file.spec().device().profile();
        };
    }

    @Test
    void anAbsoluteCopyLeavesWhatIsBuiltInAlone() throws Exception {
        RunFile sample = Runs.sample("inbox-nurse");

        assertThat(sample.absolute().toJson()).isEqualTo(sample.toJson());
    }

    @Test
    void everyReadyMadeRunOpens() throws Exception {
        assertThat(Runs.samples()).isNotEmpty();
        for (String id : Runs.samples()) {
            assertThat(Runs.open("sample:" + id).spec().version()).isEqualTo(1);
        }
    }
}
