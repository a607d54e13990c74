package io.pocketllm.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.pocketllm.device.DeviceProfile.Thermal;
import io.pocketllm.device.DeviceProfile.ThrottleStep;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Heat: exact, and obeying the laws it stands for. */
class ThermalModelTest {

    private static final Thermal PHONE =
            new Thermal(
                    0.25,
                    60,
                    45,
                    List.of(new ThrottleStep(40, 38, 0.8), new ThrottleStep(43, 41, 0.5)));

    private final ThermalModel model = new ThermalModel(PHONE, ThermalSettings.ROOM);

    /** After one time constant, 60 / 0.25 = 240 s, 1 − 1/e of the way has been gone. */
    @Example
    void oneTimeConstantGoesTheKnownPartOfTheWay() {
        model.advance(2, 240);

        assertThat(model.equilibriumCelsius(2)).isEqualTo(33);
        assertThat(model.temperatureCelsius())
                .isCloseTo(25 + 8 * (1 - Math.exp(-1)), within(1e-12));
    }

    /** The slow twin: Euler's method with steps of a millisecond. */
    @Example
    void agreesWithTinyEulerSteps() {
        double celsius = 25;
        for (int i = 0; i < 100_000; i++) {
            celsius += (5 - 0.25 * (celsius - 25)) / 60 * 1e-3;
        }
        model.advance(5, 100);

        assertThat(model.temperatureCelsius()).isCloseTo(celsius, within(1e-4));
    }

    @Property
    void oneLongStepIsAsGoodAsManyShortOnes(
            @ForAll @DoubleRange(min = 0, max = 20) double watts,
            @ForAll @DoubleRange(min = 0, max = 2000) double seconds,
            @ForAll @IntRange(min = 1, max = 50) int parts) {
        ThermalModel once = new ThermalModel(PHONE, ThermalSettings.ROOM);
        once.advance(watts, seconds);
        ThermalModel often = new ThermalModel(PHONE, ThermalSettings.ROOM);
        for (int i = 0; i < parts; i++) {
            often.advance(watts, seconds / parts);
        }

        assertThat(often.temperatureCelsius()).isCloseTo(once.temperatureCelsius(), within(1e-9));
    }

    @Property
    void energyIsConserved(
            @ForAll @Size(min = 1, max = 30) List<@DoubleRange(min = 0, max = 15) Double> watts,
            @ForAll @DoubleRange(min = 0.01, max = 500) double seconds) {
        ThermalModel fresh = new ThermalModel(PHONE, ThermalSettings.ROOM);
        double made = 0;
        double lost = 0;
        for (double power : watts) {
            double before = fresh.temperatureCelsius();
            fresh.advance(power, seconds);
            made += power * seconds;
            // Independently of the model's own books: the mean excess of an exponential.
            double end = fresh.equilibriumCelsius(power);
            double decayed = 60 / 0.25 * (1 - Math.exp(-seconds * 0.25 / 60));
            lost += 0.25 * ((end - 25) * seconds + (before - end) * decayed);
        }
        double stored = 60 * (fresh.temperatureCelsius() - 25);

        assertThat(stored + lost).isCloseTo(made, within(1e-6 * (1 + made)));
        assertThat(fresh.lostJoules()).isCloseTo(lost, within(1e-6 * (1 + made)));
    }

    @Property
    void theTemperatureGoesStraightToItsEquilibriumAndNeverBeyond(
            @ForAll @DoubleRange(min = 0, max = 15) double before,
            @ForAll @DoubleRange(min = 0, max = 15) double watts,
            @ForAll @DoubleRange(min = 0.01, max = 100) double seconds) {
        ThermalModel fresh = new ThermalModel(PHONE, ThermalSettings.ROOM);
        fresh.advance(before, 500);
        double end = fresh.equilibriumCelsius(watts);
        double side = Math.signum(fresh.temperatureCelsius() - end);
        double distance = Math.abs(fresh.temperatureCelsius() - end);
        for (int i = 0; i < 50; i++) {
            fresh.advance(watts, seconds);

            double now = side * (fresh.temperatureCelsius() - end);
            assertThat(now)
                    .as("on the same side, no further away")
                    .isBetween(-1e-9, distance + 1e-9);
            distance = now;
        }
    }

    @Property
    void theClockIsAlwaysAShareAndOnlyAtTheTopWhenCool(
            @ForAll @Size(min = 1, max = 50) List<@DoubleRange(min = 0, max = 15) Double> watts) {
        ThermalModel fresh = new ThermalModel(PHONE, ThermalSettings.ROOM);
        for (double power : watts) {
            fresh.advance(power, 60);
            double celsius = fresh.temperatureCelsius();

            assertThat(fresh.clockFraction()).isIn(1.0, 0.8, 0.5);
            assertThat(celsius < 38).as("cool").isIn(fresh.clockFraction() == 1, false);
            if (celsius >= 43) {
                assertThat(fresh.clockFraction()).isEqualTo(0.5);
            }
        }
    }

    @Example
    void aStepIsTakenAtItsHotTemperatureAndGivenBackOnlyBelowItsCoolOne() {
        heatTo(40.1);
        assertThat(model.throttleLevel()).isEqualTo(1);
        coolTo(38.5);
        assertThat(model.clockFraction()).as("between cool and hot").isEqualTo(0.8);
        heatTo(39.9);
        assertThat(model.clockFraction()).isEqualTo(0.8);
        coolTo(37.9);
        assertThat(model.clockFraction()).isEqualTo(1);
        heatTo(39.9);
        assertThat(model.clockFraction()).as("below hot again").isEqualTo(1);
    }

    /** Anything that wobbles by less than the gap of a step changes the clock once at most. */
    @Property
    void temperaturesThatWobbleWithinTheGapDoNotFlap(
            @ForAll @Size(min = 2, max = 60)
                    List<@DoubleRange(min = 38.01, max = 39.99) Double> temperatures) {
        ThermalModel fresh = new ThermalModel(PHONE, ThermalSettings.ROOM);
        heat(fresh, 40.5);
        for (double celsius : temperatures) {
            move(fresh, celsius);
            assertThat(fresh.throttleLevel()).isEqualTo(1);
        }
    }

    @Example
    void aCaseMakesItWarmerAndAColdRoomCooler() {
        ThermalModel cased =
                new ThermalModel(
                        PHONE, new ThermalSettings(25, 0, ThermalSettings.CASE_FACTOR, 100));
        ThermalModel cold = new ThermalModel(PHONE, new ThermalSettings(5, 0, 1, 100));

        assertThat(cased.equilibriumCelsius(2)).isCloseTo(25 + 2 / 0.175, within(1e-9));
        assertThat(cold.equilibriumCelsius(2)).isEqualTo(13);
    }

    @Example
    void aHotRoomThrottlesFromTheStart() {
        assertThat(new ThermalModel(PHONE, new ThermalSettings(44, 0, 1, 100)).clockFraction())
                .isEqualTo(0.5);
    }

    @Example
    void whatMakesNoSenseIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> model.advance(-1, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> model.advance(1, Double.NaN));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ThermalSettings(80, 0, 1, 100))
                .withMessageContaining("ambientCelsius is 80.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ThermalSettings(25, 0, 0, 100))
                .withMessageContaining("conductanceFactor");
    }

    private void heatTo(double celsius) {
        heat(model, celsius);
    }

    private void coolTo(double celsius) {
        move(model, celsius);
    }

    private static void heat(ThermalModel model, double celsius) {
        move(model, celsius);
    }

    /** Straight to a temperature: with the power whose equilibrium it is, for very long. */
    private static void move(ThermalModel model, double celsius) {
        model.advance((celsius - 25) * 0.25, 1e6);
    }
}
