package io.pocketllm.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PhoneConditionsTest {

    @ParameterizedTest
    @CsvSource({
        "1000, 0,   0,    1000",
        "1000, 0,   400,  600",
        "1000, 0,   2000, 1", // what others hold leaves nothing
        "900,  0.5, 0,    1350", // half of it at a third of its size: 1 / (1 - 0.5 * 2/3)
        "0,    0.5, 400,  0" // no limit stays no limit
    })
    void theKillLineFollowsFromBudgetBackgroundAndZram(
            long budget, double zram, long background, long line) {
        PhoneConditions conditions = new PhoneConditions(Duration.ZERO, zram, background, 0);

        assertThat(conditions.killLineBytes(budget)).isEqualTo(line);
    }

    @ParameterizedTest
    @CsvSource({
        "PT-1S, 0, 0, 0, reactionTime",
        "PT11S, 0, 0, 0, reactionTime",
        "PT0S, 1, 0, 0, zramShare",
        "PT0S, NaN, 0, 0, zramShare",
        "PT0S, 0, -1, 0, backgroundBytes",
        "PT0S, 0, 0, -0.1, backgroundCpuShare",
        "PT0S, 0, 0, NaN, backgroundCpuShare"
    })
    void aValueOutOfRangeIsNamed(
            Duration reaction, double zram, long background, double cpu, String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PhoneConditions(reaction, zram, background, cpu))
                .withMessageContaining(name + " is ")
                .withMessageContaining("allowed: ");
    }

    @Test
    void theLimitsAreSaidInWords() {
        assertThat(new PhoneLimits(0, false, 0, PhoneConditions.IDLE).text())
                .isEqualTo("Memory is watched and not limited. All cores.");
        assertThat(new PhoneLimits(1L << 30, true, 2, PhoneConditions.IDLE).text())
                .isEqualTo(
                        "Killed above 1.00 GiB by the kernel (cgroup v2) or after a reading of its"
                                + " resident set. Bound to 2 cores.");
        PhoneConditions slow = new PhoneConditions(Duration.ofMillis(80), 0, 0, 0);
        assertThat(new PhoneLimits(1L << 30, false, 1, slow).text())
                .contains("no cgroup v2 memory limit here), 80 ms later. Bound to 1 core.");
    }
}
