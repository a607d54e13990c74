package io.pocketllm.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.pocketllm.zo.MethodCatalogue;
import io.pocketllm.zo.MethodPreset;
import io.pocketllm.zo.MethodRules;
import io.pocketllm.zo.MethodSetting;
import io.pocketllm.zo.MethodSpec;
import io.pocketllm.zo.MethodSpec.Space;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The run file's {@code method}: presets, their defaults, and what does not go together. */
class MethodSectionTest {

    private static MethodSpec read(String method) throws RunFileException {
        return RunFile.parse("run.json", Path.of("."), text(method)).spec().method();
    }

    private static String text(String method) {
        return SmallInbox.json("data", "head", 3)
                .replace("{ \"space\": \"head\", \"learningRate\": 1e-4 }", method)
                .replace("MiniLM-L6-v2\"", "MiniLM-L6-v2\", \"base\": " + base(method));
    }

    /** Scales are there in blocks alone. */
    private static String base(String method) {
        return method.contains("qzo") ? "\"int4\"" : "\"stored\"";
    }

    private static RunFileException refused(String method) {
        RunFileException refused = catchThrowableOfType(RunFileException.class, () -> read(method));
        assertThat(refused).as("nothing was refused").isNotNull();
        return refused;
    }

    static Stream<Arguments> presetsAndSpaces() {
        return MethodCatalogue.all().stream()
                .flatMap(p -> p.spaces().stream().map(space -> Arguments.of(p.id(), p, space)));
    }

    @ParameterizedTest(name = "{0} in {2}")
    @MethodSource("presetsAndSpaces")
    void everyPresetRunsInEachOfItsSpaces(String id, MethodPreset preset, Space space)
            throws Exception {
        MethodSpec method =
                read(
                        "{ \"preset\": \"%s\", \"space\": \"%s\", \"learningRate\": 0.01 }"
                                .formatted(id, space.key()));

        assertThat(MethodRules.check(method)).isEmpty();
        assertThat(method)
                .isEqualTo(preset.method(space, 1).with(MethodSetting.LEARNING_RATE, 0.01));
        assertThat(method.describe()).isNotBlank();
    }

    @Test
    void aPresetFillsInWhatTheFileLeavesOut() throws Exception {
        MethodSpec method = read("{ \"preset\": \"fzoo\" }");

        assertThat(method.space()).isEqualTo(Space.FULL);
        assertThat(method.direction()).isEqualTo(MethodSpec.Direction.RADEMACHER);
        assertThat(method.estimator()).isEqualTo(MethodSpec.Estimator.ONE_SIDED);
        assertThat(method.directions()).isEqualTo(8);
        assertThat(method.learningRate()).isEqualTo(5e-5);
        assertThat(method.probes()).isEqualTo(9);
    }

    @Test
    void aKeyOfTheFileWinsOverItsPreset() throws Exception {
        MethodSpec method =
                read("{ \"preset\": \"p-rge\", \"loraRank\": 3, \"branches\": \"in-place\" }");

        assertThat(method.loraRank()).isEqualTo(3);
        assertThat(method.loraAlpha()).isEqualTo(32);
        assertThat(method.inGraph()).isFalse();
        assertThat(read("{ \"preset\": \"p-rge\" }").inGraph()).isTrue();
    }

    @Test
    void theSampleRunIsThePresetHead() throws Exception {
        assertThat(read("{ \"preset\": \"head\" }").values())
                .isEqualTo(Runs.sample("inbox-nurse").spec().method().values());
    }

    @Test
    void aStepSizeThatNoPaperGivesHasToBeNamed() {
        RunFileException refused = refused("{ \"preset\": \"zo-adam\" }");

        assertThat(refused.key()).isEqualTo("method.learningRate");
        assertThat(refused).hasMessageContaining("is missing");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
        # choices                                                   | key         | found                   | hint
        "space":"full","direction":"activation-subspace"            | direction   | activation-subspace     | gaussian
        "space":"bitfit","direction":"activation-subspace"          | direction   | activation-subspace     | lora-b
        "space":"full","update":"variance-normalised"               | estimator   | two-sided               | one-sided
        "preset":"fzoo","directions":1                              | directions  | is 1                    | 2 or more
        "preset":"fzoo","estimator":"two-sided"                     | estimator   | two-sided               | one-sided
        "space":"full","update":"low-rank-momentum"                 | update      | low-rank-momentum       | low-rank
        "preset":"lozo-m","direction":"gaussian"                    | update      | low-rank-momentum       | momentum
        "preset":"zo-conservative","weightDecay":0.1                | weightDecay | conservative            | Take it out
        "space":"head","update":"conservative","branches":"in-graph"| branches    | known only after        | in-place
        "space":"full","branches":"in-graph"                        | branches    | a copy of this space    | in-place
        "preset":"mezo","branches":"in-graph"                       | branches    | a copy of this space    | head
        "preset":"mezo-lora","space":"full"                         | space       | MeZO on LoRA            | lora
        "preset":"mezzo"                                            | preset      | is "mezzo"              | Did you mean "mezo"
        "preset":7                                                  | preset      | is 7                    | text in quotes
        "preset":"conmezo","coneAngle":3                            | coneAngle   | is 3                    | to 1.57
        "preset":"sparse-mezo","sparseShare":0                      | sparseShare | is 0                    | from
        "preset":"lozo","refreshEvery":0                            | refreshEvery| is 0                    | from 1
        "preset":"lozo","directionRank":1.5                         | directionRank | is 1.5                | whole number
        "space":"full","estimator":"both-sided"                     | estimator   | is "both-sided"         | two-sided
        "space":"full","branches":"yes"                             | branches    | is "yes"                | in-graph
        """)
    void whatDoesNotGoTogetherIsRefusedByTheKeyToChange(
            String choices, String key, String found, String hint) {
        RunFileException refused = refused("{ " + choices + ", \"learningRate\": 0.1 }");

        assertThat(refused.key()).isEqualTo("method." + key);
        assertThat(refused).hasMessageContaining(found);
        assertThat(refused.hint()).contains(hint);
    }
}
