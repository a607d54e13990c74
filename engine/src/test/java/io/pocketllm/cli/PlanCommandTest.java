package io.pocketllm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.pocketllm.device.DeviceCatalogue;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

/** {@code pocketllm plan}. */
class PlanCommandTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int plan(String... arguments) {
        return PocketLlm.commandLine(new PrintWriter(out), new PrintWriter(err)).execute(arguments);
    }

    @Test
    void everyPhoneGetsAVerdict() throws Exception {
        assertThat(plan("plan", "sample:inbox-nurse", "--all-devices", "--json")).isZero();

        JsonNode plan = new JsonMapper().readTree(out.toString());
        assertThat(plan.path("devices").size()).isEqualTo(DeviceCatalogue.builtin().size());
        assertThat(plan.path("devices").path(0).path("verdict").asText())
                .isIn("fits", "tight", "killed");
        long total = plan.path("plan").path("totalBytes").asLong();
        assertThat(total).isPositive();
        assertThat(plan.path("firstOrder").path("Adam").path("totalBytes").asLong())
                .isGreaterThan(total);
    }

    @Test
    void aPersonReadsPartsAndTheSum() {
        String id = DeviceCatalogue.builtin().getFirst().id();
        assertThat(plan("plan", "sample:inbox-nurse", "--device", id)).isZero();

        assertThat(out.toString())
                .contains("frozen weights", "activations", "all", "AdamW", "LOMO", id);
    }

    @Test
    void timeAndBatteryAreToldForEachPhone() throws Exception {
        assertThat(plan("plan", "sample:inbox-nurse", "--all-devices", "--json")).isZero();

        var devices = new JsonMapper().readTree(out.toString()).get("devices");
        assertThat(devices.size()).isEqualTo(DeviceCatalogue.builtin().size());
        devices.forEach(
                device -> {
                    double step = device.get("stepMillis").doubleValue();
                    assertThat(step).isPositive();
                    // A hundred steps of a phone that may get slower, never faster.
                    assertThat(device.get("minutesFor100Steps").doubleValue() * 600)
                            .isGreaterThanOrEqualTo(step * 0.999);
                    assertThat(device.get("batteryPercentFor100Steps").doubleValue()).isPositive();
                });
    }

    @Test
    void withoutAPhoneThereIsNoTime() {
        assertThat(
                        plan(
                                "plan",
                                "sample:inbox-nurse",
                                "--json",
                                "--set",
                                "device.profile=none",
                                "--set",
                                "device.budgetBytes=900000000"))
                .isZero();
        assertThat(out.toString()).contains("this computer").doesNotContain("stepMillis");
    }

    @Test
    void anUnknownPhoneIsRefused() {
        assertThat(plan("plan", "sample:inbox-nurse", "--device", "no-such-phone")).isEqualTo(2);
        assertThat(err.toString()).contains("no-such-phone");
    }

    @Test
    void aRunThatWouldBeKilledIsToldWhatWouldFit() {
        assertThat(plan("plan", "sample:inbox-nurse", "--set", "device.budgetBytes=240000000"))
                .isZero();

        assertThat(out.toString()).contains("killed", "What would fit", "model.base=int8");
    }
}
