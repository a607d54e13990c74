package io.pocketllm.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.pocketllm.device.DeviceCatalogue;
import io.pocketllm.device.DeviceProfile;
import io.pocketllm.device.OperationKind;
import io.pocketllm.device.OperationWork;
import io.pocketllm.device.RateFactors;
import io.pocketllm.device.SimulatedPhone;
import io.pocketllm.device.StepWork;
import io.pocketllm.device.ThermalSettings;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Time and battery of steps on a phone, before they are taken. */
class TimePlanTest {

    /** A tenth of a second on a Redmi 12C: twenty steps do not warm it. */
    private static final StepWork STEP =
            new StepWork(List.of(OperationWork.fp32(OperationKind.MATMUL, 2e9, 1e8)), 50);

    @Test
    void aPhoneThatWasMeasuredToBeSlowerIsPlannedSo() throws Exception {
        DeviceProfile phone = DeviceCatalogue.find("redmi-12c");
        TimePlan usual = plan(phone);
        TimePlan slow = plan(phone.withStepTimeFactor(1.5, "measured"));

        assertThat(slow.stepMillis())
                .isCloseTo(1.5 * usual.stepMillis(), within(1e-9 * usual.stepMillis()));
        assertThat(slow.total().toNanos() / (double) usual.total().toNanos())
                .isCloseTo(1.5, within(1e-6));
        assertThat(slow.batteryPercent())
                .isBetween(usual.batteryPercent(), 1.5 * usual.batteryPercent());
        assertThat(slow.celsius()).isGreaterThan(usual.celsius());
    }

    private static TimePlan plan(DeviceProfile phone) {
        return TimePlan.of(
                STEP, 20, SimulatedPhone.of(phone), ThermalSettings.ROOM, RateFactors.ESTIMATED);
    }
}
