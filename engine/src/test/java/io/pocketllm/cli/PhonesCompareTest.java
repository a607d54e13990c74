package io.pocketllm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.pocketllm.phone.BesideRuns;
import io.pocketllm.run.Event;
import io.pocketllm.run.RunFile;
import io.pocketllm.run.SmallInbox;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code pocketllm phones compare} and {@code simulate}. */
@Timeout(120)
class PhonesCompareTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    @TempDir private Path folder;
    private String real;
    private String simulated;

    @BeforeEach
    void writeTwoRuns() throws Exception {
        RunFile file =
                SmallInbox.run(folder, "lora", 100, "device.profile", "redmi-12c").absolute();
        List<Event> there = BesideRuns.realEvents(100, step -> 1068 + step % 3);
        there.add(2, BesideRuns.real(0, 31.5, 0));
        there.add(60, BesideRuns.real(57, 39.5, 0));
        there.add(new Event.Memory(9, 300_000_000, 0, 0));
        List<Event> here = BesideRuns.simulatedEvents(100, step -> 1000 + step % 3);
        here.add(40, BesideRuns.simulated(38, 41, 1));
        here.add(39, BesideRuns.simulated(37, 40, 0));
        real = BesideRuns.onPhone(folder.resolve("real"), file, there).toString();
        simulated = BesideRuns.folder(folder.resolve("sim"), file, here).toString();
    }

    private int run(String... arguments) {
        return PocketLlm.commandLine(new PrintWriter(out), new PrintWriter(err)).execute(arguments);
    }

    @Test
    void aPhoneIsShownBesideItsSimulationWithAVerdict() {
        assertThat(run("phones", "compare", real, simulated)).as("%s", err).isZero();

        assertThat(out.toString())
                .contains("1,069.0 ms", "1,001.0 ms", "300 MB", "31.5 to 39.5 °C", "from step 38")
                .contains("The phone is 6.8 % slower than its profile (median of 32 steps before")
                .contains("It does not throttle; simulated it begins at step 38.")
                .doesNotContain("null", "NaN");
    }

    @Test
    void theSameAsJson() throws Exception {
        assertThat(run("phones", "compare", real, simulated, "--json")).isZero();

        JsonNode json = new JsonMapper().readTree(out.toString());
        assertThat(json.at("/steps").intValue()).isEqualTo(32);
        assertThat(json.at("/ratio").doubleValue()).isBetween(1.0675, 1.0685);
        assertThat(json.at("/uncertainty").doubleValue()).isBetween(0.0, 0.001);
        assertThat(json.at("/real/hottestCelsius").doubleValue()).isEqualTo(39.5);
        assertThat(json.at("/real/throttledAtStep").isNull()).isTrue();
        assertThat(json.at("/simulated/throttledAtStep").intValue()).isEqualTo(38);
        assertThat(json.at("/recalibratedStepTimeFactor").doubleValue()).isBetween(1.067, 1.069);
        assertThat(json.has("savedAs")).isFalse();
    }

    @Test
    void theFoldersTheWrongWayRoundAreAMistake() {
        assertThat(run("phones", "compare", simulated, real)).isEqualTo(5);

        assertThat(err.toString()).contains("is no run on a phone", "the simulated one second");
    }

    @Test
    void aPhoneOfTheWorkbenchIsNotRecalibrated() {
        assertThat(run("phones", "compare", real, simulated, "--recalibrate", "pixel-9"))
                .isEqualTo(5);

        assertThat(err.toString()).contains("never changed", "pixel-9-measured");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void aRunThatIsNoneOfAPhoneIsNotSimulated() {
        assertThat(run("phones", "simulate", simulated)).isEqualTo(5);
        assertThat(err.toString()).contains("is no run on a phone");
        assertThat(run("phones", "simulate", folder.resolve("nowhere").toString())).isEqualTo(2);
    }

    /** In a process of its own, whose home is a folder of this test. */
    @Test
    void aRecalibratedProfileIsKeptAndIsNotLostByASecondTime() throws Exception {
        Path home = folder.resolve("home");
        String[] line = {"phones", "compare", real, simulated, "--recalibrate", "my-redmi"};

        assertThat(inHome(home, line))
                .contains("exit 0", "Kept as your phone my-redmi", "1 before");
        Path profile = home.resolve("settings/devices/my-redmi.json");
        assertThat(profile).content().contains("stepTimeFactor", "measured on the phone on");
        String first = Files.readString(profile);
        assertThat(inHome(home, line)).contains("exit 5", "already", "--replace");
        assertThat(profile).hasContent(first);
        assertThat(run("devices", "show", profile.toString())).isZero();
        assertThat(out.toString())
                .contains("1.068 times what the rates give", "[measured on the phone on");
    }

    @Test
    void aPhonesRunIsSimulatedHereAndThenCompared() throws Exception {
        Path twin = folder.resolve("twin");

        String said =
                inHome(
                        SmallInbox.sharedHome(),
                        "phones",
                        "simulate",
                        real,
                        "--steps",
                        "16",
                        "--out",
                        twin.toString());

        assertThat(said).contains("exit 0", "phones compare " + real + " " + twin);
        assertThat(run("phones", "compare", real, twin.toString())).as("%s", err).isZero();
        assertThat(out.toString())
                .contains(
                        "median of 11 steps",
                        "training.steps is 100 on the phone and 16 simulated");
    }

    private String inHome(Path home, String... arguments) throws Exception {
        try (TrainProcess process = TrainProcess.start(home, arguments)) {
            int code = process.awaitExit();
            return String.join("\n", process.out())
                    + String.join("\n", process.err())
                    + "\nexit "
                    + code;
        }
    }
}
