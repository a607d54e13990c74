package io.pocketllm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.pocketllm.device.MachineRates;
import io.pocketllm.device.RateFactors;
import io.pocketllm.run.Event;
import io.pocketllm.run.HostCalibration.Measured;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the terminal says of a simulated phone, and of the probe. */
class PhoneLinesTest {

    private final StringWriter text = new StringWriter();
    private final PrintWriter out = new PrintWriter(text);

    @Test
    void theLineOfAnEvaluationHasThePhonesTimeHeatAndCharge() {
        TerminalProgress progress = new TerminalProgress(out, false);
        progress.accept(
                new Event.Phone(
                        1,
                        50,
                        5_430_000,
                        41.26,
                        0.85,
                        1,
                        63.4,
                        4000.0,
                        false,
                        "too-warm",
                        null,
                        null));
        progress.accept(new Event.Paused(2, 50, "too-warm"));
        progress.accept(new Event.Resumed(3, 50, "too-warm"));
        progress.accept(new Event.Evaluated(4, 50, "validation", 0.4, 0.8, 124));

        assertThat(text.toString().lines().toList())
                .element(0)
                .isEqualTo("Paused after step 50: the phone is too warm.");
        assertThat(text.toString())
                .contains(
                        "Resumed after step 50; phone 1 h 30 min, 41.3 °C, clock 85 %, battery 63 %")
                .contains("accuracy 80.0 %; phone 1 h 30 min");
    }

    @Test
    void theEndSaysWhatTheRunTookOnThePhone() {
        TerminalProgress progress = new TerminalProgress(out, false);
        progress.accept(
                new Event.Finished(
                        9000,
                        400,
                        false,
                        0.3,
                        0.9,
                        0.4,
                        0.8,
                        276_000_000,
                        291_827.5,
                        1.39,
                        831.6,
                        33.3));

        assertThat(text.toString())
                .contains(
                        "On the phone it took 4 min 52 s, 1.4 % of the battery (832 J), and 33.3 °C");
    }

    @Test
    void aRunWithoutAPhoneSaysNothingOfOne() {
        TerminalProgress progress = new TerminalProgress(out, false);
        progress.accept(new Event.Evaluated(4, 50, "validation", 0.4, 0.8, 124));
        progress.accept(new Event.Finished(9000, 50, false, 0.3, 0.9, 0.4, 0.8, 1_000_000));

        assertThat(text.toString()).doesNotContain("phone");
    }

    @Test
    void theProbeIsATableAndJson() throws Exception {
        Measured measured =
                new Measured(2, new MachineRates(182e9, 24e9, 5e-7, RateFactors.ESTIMATED));

        ProbeText.print(measured, out);
        out.flush();
        JsonNode json = new JsonMapper().readTree(ProbeText.json(List.of(measured)));

        assertThat(text.toString())
                .contains("2 threads: 182.0 GFLOP/s", "24.0 GB/s", "0.5 µs a call", "int8-block");
        assertThat(json.at("/0/threads").asInt()).isEqualTo(2);
        assertThat(json.at("/0/computeFactors/weight-pass").asDouble()).isEqualTo(0.3);
        assertThat(json.at("/0/precisionFactors/int8").asDouble()).isEqualTo(3);
    }
}
