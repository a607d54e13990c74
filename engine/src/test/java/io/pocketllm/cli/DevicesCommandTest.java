package io.pocketllm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.pocketllm.device.DeviceCatalogue;
import io.pocketllm.device.DeviceProfile;
import io.pocketllm.device.DeviceProfileWriter;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code pocketllm devices}. */
class DevicesCommandTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    @TempDir private Path folder;

    @Test
    void listNamesEveryPhoneOnALineOfItsOwn() {
        assertThat(run("devices", "list")).isZero();

        for (DeviceProfile phone : DeviceCatalogue.builtin()) {
            assertThat(out.toString().lines())
                    .anyMatch(l -> l.startsWith(phone.id() + " ") && l.contains(phone.name()));
        }
    }

    @Test
    void showSaysWhoSaysSo() {
        assertThat(run("devices", "show", "oppo-reno6-5g")).isZero();

        assertThat(out.toString())
                .contains("OPPO Reno6 5G", "2 x Cortex-A78", "3.70 GiB", "4300 mAh, 16.6 Wh")
                .contains("[tuttoandroid (battery)]")
                .contains("[estimated by rule: ")
                .doesNotContain("null");
    }

    @Test
    void showAsJsonIsTheProfileItself() throws Exception {
        assertThat(run("devices", "show", "pixel-9", "--json")).isZero();

        assertThat(new ObjectMapper().readTree(out.toString()).at("/thermal").size()).isEqualTo(4);
        Path file = Files.writeString(folder.resolve("again.json"), out.toString());
        assertThat(DeviceCatalogue.read(file)).isEqualTo(DeviceCatalogue.find("pixel-9"));
    }

    @Test
    void anUnknownPhoneIsBadInput() {
        assertThat(run("devices", "show", "pixel-99")).isEqualTo(2);

        assertThat(err.toString()).contains("pixel-99", "Did you mean \"pixel-9\"?");
    }

    @Test
    void validateNamesTheKeyThatIsWrong() throws Exception {
        String json = DeviceProfileWriter.json(DeviceCatalogue.find("redmi-12c"));
        Path good = Files.writeString(folder.resolve("good.json"), json);
        Path bad =
                Files.writeString(folder.resolve("bad.json"), json.replace(": 5000,", ": -5000,"));

        assertThat(run("devices", "validate", good.toString())).isZero();
        assertThat(out.toString()).contains("valid: Redmi 12C");
        assertThat(run("devices", "validate", bad.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("batteryMilliampereHours.value: is -5000");
    }

    private int run(String... args) {
        return PocketLlm.commandLine(new PrintWriter(out), new PrintWriter(err)).execute(args);
    }
}
