package io.pocketllm.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each bad run file is refused with its name, the key, what was found and what is allowed. */
@Timeout(20)
class BadRunFileTest {

    @TempDir private Path folder;

    @ParameterizedTest(name = "{0} = {1}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
        # key                     | value          | found             | hint
        version                   | 2              | is 2              | from 1 to 1
        version                   | "1"            | is "1"            | from 1 to 1
        version                   | REMOVED        | is missing        | whole number
        name                      | 5              | is 5              | text in quotes
        name                      | "  "           | is "  "           | not blank
        model                     | REMOVED        | is missing        | an object
        model                     | "x.onnx"       | is "x.onnx"       | in braces
        model.path                | REMOVED        | is missing        | a text
        model.path                | []             | is []             | text in quotes
        data                      | null           | is missing        | an object
        data.maxTokens            | 3              | is 3              | from 4 to 8192
        data.maxTokens            | 64.5           | is 64.5           | whole number
        data.maxTokens            | "64"           | is "64"           | whole number
        data.maxTokens            | 99999999999999999999999 | is 9999999 | from 4 to 8192
        data.tokenDropout         | -0.1           | is -0.1           | to 0.9
        data.tokenDropout         | true           | is true           | a number
        objective.kind            | "regression"   | is "regression"   | class-head
        objective.labels          | {"a":"one"}    | lists 1 labels    | 2 to 1000
        objective.labels          | ["a","b"]      | is ["a","b"]      | in braces
        objective.labels          | {"a":"x","b":3} | .b: is 3         | text in quotes
        objective.labels          | {"a":"x","b":null} | .b: is missing | a text
        objective.logitScale      | 0              | is 0              | from 0.001
        method.space              | "heads"        | is "heads"        | full, head, lora
        method.space              | REMOVED        | is missing        | full, head, lora
        method.direction          | "up"           | is "up"           | gaussian, rademacher
        method.directions         | 0              | is 0              | from 1 to 1024
        method.update             | "adamw"        | is "adamw"        | sgd, momentum
        method.learningRate       | REMOVED        | is missing        | a number from 0
        method.learningRate       | -1             | is -1             | from 0
        method.learningRate       | "fast"         | is "fast"         | a number
        method.learningRate       | 1e999          | is                | from 0
        method.perturbationScale  | 0              | is 0              | E-12
        method.momentum           | 1              | is 1              | 0.999999
        method.loraRank           | 0              | is 0              | from 1
        training.steps            | REMOVED        | is missing        | whole number
        training.steps            | 0              | is 0              | from 1
        training.batchSize        | 4097           | is 4097           | to 4096
        training.evaluateEvery    | 0              | is 0              | from 1
        training.reference        | "yes"          | is "yes"          | true or false
        training.noiseThreads     | 257            | is 257            | to 256
        training.schedule         | "sometimes"    | is "sometimes"    | constant
        device                    | []             | is []             | in braces
        device.profile            | 5              | is 5              | text in quotes
        device.budgetBytes        | 1024           | is 1024           | from 1048576
        device.threads            | 0              | is 0              | from 1
        device.simulate           | "yes"          | is "yes"          | true or false
        device.realTime           | 1              | is 1              | true or false
        device.trainWhen          | "night"        | is "night"        | always, cool, charging-and-cool
        device.trainWhen          | "charging-and-cool" | no charger   | device.chargingWatts
        device.ambientCelsius     | 61             | is 61             | from -20 to 60
        device.chargingWatts      | -1             | is -1             | from 0 to 150
        device.case               | "leather"      | is "leather"      | true or false
        device.startBatteryPercent | 101           | is 101            | from 0 to 100
        device.killerReactionMillis | 10001        | is 10001          | from 0 to 10000
        device.zramShare          | 0.95           | is 0.95           | from 0 to 0.9
        device.backgroundBytes    | -5             | is -5             | from 0
        device.backgroundCpuShare | 1              | is 1              | from 0 to 0.9
        seed                      | 1.5            | is 1.5            | whole number
        trainning                 | {}             | is not a key      | Did you mean "training"?
        training.stepz            | 5              | is not a key      | Did you mean "steps"?
        model.pfad                | "x"            | is not a key      | Allowed here: path
        """)
    void anImpossibleValueIsRefusedByItsKey(String key, String value, String found, String hint)
            throws Exception {
        RunFileException refused = refused(changed(key, value));

        // A value inside labels is refused by its own, longer path.
        assertThat(refused.key()).startsWith(key);
        assertThat(refused).hasMessageStartingWith("run.json: " + key).hasMessageContaining(found);
        assertThat(refused.hint()).contains(hint);
    }

    /** The text of a good run file with one value replaced, put in or taken out. */
    private static String changed(String key, String value) throws Exception {
        ObjectNode root = (ObjectNode) RunFile.MAPPER.readTree(SmallInbox.json("data", "head", 3));
        int dot = key.indexOf('.');
        ObjectNode parent = dot < 0 ? root : (ObjectNode) root.get(key.substring(0, dot));
        String name = key.substring(dot + 1);
        if (value.equals("REMOVED")) {
            parent.remove(name);
            return root.toString();
        }
        // Text, not a node: 1e999 has to arrive as it was typed.
        parent.put(name, "HERE");
        return root.toString().replace("\"HERE\"", value);
    }

    private static RunFileException refused(String text) {
        return refused(() -> RunFile.parse("run.json", Path.of("."), text));
    }

    private static RunFileException refused(
            org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        RunFileException refused = catchThrowableOfType(RunFileException.class, call);
        assertThat(refused).as("nothing was refused").isNotNull();
        assertThat(refused.hint()).isNotBlank();
        assertThat(refused.getMessage()).hasSizeLessThan(1500).doesNotContain("\n", "\u001b");
        return refused;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "   ",
                "null",
                "5",
                "\"text\"",
                "[1, 2]",
                "{",
                "{ \"version\": 1, }",
                "{ \"version\": 1 } rubbish",
                "{ \"version\": 1 } {}",
                "{ \"version\": 1, \"version\": 1 }",
                "{ 'version': 1 }",
                "{ \"version\": 01 }",
                "{ \"version\": NaN }",
                "version: 1",
                "<run version='1'/>",
                "\u0000\u0001\u0002"
            })
    void whatIsNoJsonObjectIsRefusedByItsFile(String text) {
        RunFileException refused = refused(text);

        assertThat(refused.key()).isEmpty();
        assertThat(refused).hasMessageStartingWith("run.json: ");
    }

    @Test
    void aRefusalOfDamagedJsonNamesThePlace() {
        assertThat(refused("{\n  \"version\": 1,\n  \"version\": 1\n}"))
                .hasMessageContaining("line 3")
                .hasMessageContaining("version");
    }

    @ParameterizedTest
    @ValueSource(ints = {999, 1001, 200_000})
    void nestingOfAnyDepthIsRefusedWithoutAnOverflow(int depth) {
        assertThat(refused("{\"name\":" + "[".repeat(depth) + "]".repeat(depth) + "}"))
                .hasMessageStartingWith("run.json: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"kkkkkkkkkkkkkkkkkkkk", "\\u001b[2J", "\\n"})
    void aHugeOrEvilKeyDoesNotFloodTheTerminal(String key) {
        String evil = "{ \"" + key.repeat(2000) + "\": 1,";
        String text = SmallInbox.json("data", "head", 3).replaceFirst("\\{", "");

        assertThat(refused(evil + text)).hasMessageContaining("is not a key");
    }

    @Test
    void aFileThatIsNoneIsRefusedByItsPath() throws Exception {
        Path huge = Files.write(folder.resolve("huge.json"), new byte[(1 << 20) + 1]);
        Path binary =
                Files.write(
                        folder.resolve("latin.json"),
                        "{\"name\":\"\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1));

        assertThat(refused(() -> RunFile.read(folder.resolve("none.json"))))
                .hasMessageContainingAll("none.json", "there is no such file");
        assertThat(refused(() -> RunFile.read(folder)))
                .hasMessageContainingAll(folder.toString(), "is a folder");
        assertThat(refused(() -> RunFile.read(huge))).hasMessageContainingAll("huge.json", "1 MiB");
        assertThat(refused(() -> RunFile.read(binary)).hint()).contains("UTF-8");
        assertThat(refused(() -> Runs.open("sample:inbox-nurze")).hint())
                .contains("inbox-nurse", "inbox-mechanic");
        assertThat(refused(() -> Runs.open("a\u0000b"))).hasMessageContaining("is no path");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "..",
                "a..b",
                ".steps",
                "training.",
                "training..steps",
                "a.b.c.d.e.f",
                "name.x",
                "device.profile.id",
                "\u00e9"
            })
    void anOverrideOfAStrangeKeyIsRefused(String key) throws Exception {
        RunFile file = RunFile.parse("run.json", folder, SmallInbox.json("data", "head", 3));

        assertThat(refused(() -> file.with(key, "1"))).hasMessageStartingWith("run.json");
    }

    @Test
    void aSubspaceDoesNotGoWithEveryWeight() throws Exception {
        RunFile file = RunFile.parse("run.json", folder, SmallInbox.json("data", "full", 3));

        assertThat(refused(() -> file.with("method.direction", "activation-subspace")).key())
                .isEqualTo("method.direction");
    }
}
