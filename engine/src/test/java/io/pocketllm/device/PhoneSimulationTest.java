package io.pocketllm.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.pocketllm.device.CoolChargingPolicy.Decision;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;

/** Clock, heat and battery together, and the policy that minds them. */
class PhoneSimulationTest {

    private static final StepWork TEN_GIGAFLOP =
            new StepWork(List.of(OperationWork.fp32(OperationKind.MATMUL, 10e9, 1e9)), 100);

    /** The worked example: both big cores and 10 GB/s of memory traffic draw about 3.3 W. */
    @Example
    void theReno6DrawsWhatTheWorkedExampleSays() throws Exception {
        PowerModel power = new PowerModel(DeviceCatalogue.find("oppo-reno6-5g"), 2);

        assertThat(power.watts(1, 1, 10e9)).isCloseTo(3.3, within(0.01));
        assertThat(power.watts(1, 0.5, 0)).as("a cube").isCloseTo(0.4 + 2.4 / 8, within(1e-9));
        assertThat(power.watts(0, 1, 0)).isEqualTo(power.idleWatts());
    }

    @Example
    void aStepTakesTimeAndEnergyAndWarmsThePhone() throws Exception {
        PhoneSimulation phone = phone("oppo-reno6-5g", ThermalSettings.ROOM);

        PhoneReading reading = phone.afterStep(TEN_GIGAFLOP);

        double seconds = 10e9 / (76.8e9 * 0.42) + 100 * 20e-6 / 0.7;
        double joules = (0.4 + 2.4) * seconds + 1e9 * 50e-12;
        assertThat(reading.phoneMillis()).isCloseTo(1000 * seconds, within(1e-6));
        assertThat(reading.energyJoules()).isCloseTo(joules, within(1e-9));
        assertThat(reading.batteryPercent())
                .isCloseTo(100 - 100 * joules / (4300 * 3.6 * 3.87), within(1e-9));
        assertThat(reading.temperatureCelsius()).isBetween(25.0, 26.0);
        assertThat(reading.clockFraction()).isEqualTo(1);
    }

    /** Energy of the cores goes by the time, that of the memory by its bytes alone. */
    @Example
    void aPhoneWithTwiceTheStepTimeDrawsAndWarmsByIt() throws Exception {
        PhoneReading usual = phone("oppo-reno6-5g", ThermalSettings.ROOM).afterStep(TEN_GIGAFLOP);
        DeviceProfile slow =
                DeviceCatalogue.find("oppo-reno6-5g").withStepTimeFactor(2, "measured");

        PhoneReading reading =
                new PhoneSimulation(
                                new SimulatedPhone(
                                        slow, slow.budgetBytes(), 2, PhoneConditions.IDLE),
                                ThermalSettings.ROOM,
                                RateFactors.ESTIMATED)
                        .afterStep(TEN_GIGAFLOP);

        assertThat(reading.phoneMillis())
                .isCloseTo(2 * usual.phoneMillis(), within(1e-9 * usual.phoneMillis()));
        assertThat(reading.energyJoules())
                .isCloseTo(2 * usual.energyJoules() - 1e9 * 50e-12, within(1e-9));
        assertThat(reading.temperatureCelsius()).isGreaterThan(usual.temperatureCelsius());
        assertThat(reading.batteryPercent()).isLessThan(usual.batteryPercent());
    }

    /** The class of each phone says what it holds after a long time. */
    @Example
    void aMiddleClassPhoneHardlyThrottlesAndAFlagshipDoes() throws Exception {
        assertThat(meanClock("oppo-reno6-5g")).isBetween(0.85, 1.0);
        assertThat(meanClock("pixel-9")).isBetween(0.5, 0.75);
        assertThat(meanClock("oneplus-12")).isBetween(0.4, 0.75);
    }

    @Example
    void oneStepOfAnHourThrottlesOnItsWay() throws Exception {
        PhoneSimulation many = phone("pixel-9", ThermalSettings.ROOM);
        double sum = 0;
        for (int i = 0; i < 2000; i++) {
            sum += many.afterStep(TEN_GIGAFLOP.times(10)).phoneMillis();
        }

        double one =
                phone("pixel-9", ThermalSettings.ROOM)
                        .afterStep(TEN_GIGAFLOP.times(20_000))
                        .phoneMillis();

        assertThat(one).isCloseTo(sum, within(0.03 * sum));
    }

    @Property(tries = 50)
    void theBatteryStaysWithinItsBoundsAndTheClockAShare(
            @ForAll @Size(min = 1, max = 40) List<@DoubleRange(min = 0, max = 1e4) Double> factors,
            @ForAll @DoubleRange(min = 0, max = 30) double chargingWatts,
            @ForAll @DoubleRange(min = 0, max = 100) double start)
            throws Exception {
        PhoneSimulation phone =
                phone("galaxy-s24", new ThermalSettings(30, chargingWatts, 0.7, start));
        for (double factor : factors) {
            PhoneReading reading = phone.afterStep(TEN_GIGAFLOP.times(factor));

            assertThat(reading.batteryPercent()).isBetween(0.0, 100.0);
            assertThat(reading.clockFraction()).isBetween(0.05, 1.0);
            assertThat(reading.temperatureCelsius()).isBetween(30.0, 200.0);
        }
    }

    @Property
    void whatLeavesTheBatteryIsWhatWasDrawn(
            @ForAll @Size(min = 1, max = 30) List<@DoubleRange(min = 0, max = 100) Double> joules) {
        BatteryModel battery = new BatteryModel(10_000, 100);
        double drawn = 0;
        for (double each : joules) {
            battery.move(each, 0);
            drawn += each;
        }

        assertThat(battery.joules()).isCloseTo(10_000 - drawn, within(1e-6));
    }

    @Example
    void aWeakChargerOnlySlowsTheDrain() throws Exception {
        ThermalSettings usb = new ThermalSettings(25, 1, 1, 50);
        PhoneSimulation phone = phone("oppo-reno6-5g", usb);

        PhoneReading reading = phone.afterStep(TEN_GIGAFLOP.times(1000));

        assertThat(reading.batteryPercent()).isLessThan(50);
        assertThat(phone.afterPause(60_000_000).batteryPercent())
                .as("while resting")
                .isEqualTo(100);
    }

    @Example
    void aRestCoolsThePhone() throws Exception {
        PhoneSimulation phone = phone("pixel-9", ThermalSettings.ROOM);
        double hot = phone.afterStep(TEN_GIGAFLOP.times(5000)).temperatureCelsius();

        double cool = phone.afterPause(3_600_000).temperatureCelsius();

        assertThat(hot).isGreaterThan(38);
        assertThat(cool).isBetween(25.0, 27.0);
        assertThat(phone.state().clockFraction()).isEqualTo(1);
    }

    @Example
    void trainingWaitsForTheChargerAndForCooling() {
        CoolChargingPolicy policy = new CoolChargingPolicy(40, 36, true);

        assertThat(policy.decide(30, false)).isEqualTo(Decision.WAIT_FOR_CHARGER);
        assertThat(policy.decide(30, true)).isEqualTo(Decision.RUN);
        assertThat(policy.decide(39.9, true)).isEqualTo(Decision.RUN);
        assertThat(policy.decide(40, true)).isEqualTo(Decision.WAIT_TO_COOL);
        assertThat(policy.decide(36, true))
                .as("not cool enough yet")
                .isEqualTo(Decision.WAIT_TO_COOL);
        assertThat(policy.decide(35.9, true)).isEqualTo(Decision.RUN);
        assertThat(policy.decide(39, true)).isEqualTo(Decision.RUN);
    }

    @Example
    void thePolicyOfAPhoneComesFromItsThrottleSteps() throws Exception {
        CoolChargingPolicy policy =
                CoolChargingPolicy.of(DeviceCatalogue.find("oppo-reno6-5g"), false);

        assertThat(policy.decide(40.9, false)).isEqualTo(Decision.RUN);
        assertThat(policy.decide(41, false)).isEqualTo(Decision.WAIT_TO_COOL);
        assertThat(policy.decide(37, false)).isEqualTo(Decision.WAIT_TO_COOL);
        assertThat(policy.decide(36.9, false)).isEqualTo(Decision.RUN);
        assertThatIllegalArgumentException().isThrownBy(() -> new CoolChargingPolicy(40, 40, true));
    }

    private static double meanClock(String id) throws Exception {
        PhoneSimulation phone = phone(id, ThermalSettings.ROOM);
        double weighted = 0;
        double millis = 0;
        while (phone.state().seconds() < 3600) {
            double clock = phone.state().clockFraction();
            PhoneReading reading = phone.afterStep(TEN_GIGAFLOP);
            if (phone.state().seconds() > 1200) {
                weighted += clock * reading.phoneMillis();
                millis += reading.phoneMillis();
            }
        }
        return weighted / millis;
    }

    private static PhoneSimulation phone(String id, ThermalSettings settings) throws Exception {
        return new PhoneSimulation(
                SimulatedPhone.of(DeviceCatalogue.find(id)), settings, RateFactors.ESTIMATED);
    }
}
