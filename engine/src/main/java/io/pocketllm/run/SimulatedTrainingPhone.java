package io.pocketllm.run;

import io.pocketllm.device.CoolChargingPolicy;
import io.pocketllm.device.CoolChargingPolicy.Decision;
import io.pocketllm.device.PhonePacer;
import io.pocketllm.device.PhoneReading;
import io.pocketllm.device.PhoneSimulation;
import io.pocketllm.device.PhoneSnapshot;
import io.pocketllm.device.StepWork;
import io.pocketllm.forward.PassWatch;
import io.pocketllm.zo.MethodSpec;
import io.pocketllm.zo.PassCount;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * A {@link TrainingPhone} that is simulated. Time passes on it with work, with waits for it to
 * cool, and with a person's pauses. Where the run is not in real time, a wait for cooling is over
 * at once here: only the phone's time goes on.
 */
final class SimulatedTrainingPhone implements TrainingPhone {

    /** The phone's state is told at most four times a second, and once a second while it waits. */
    private static final long TELL_MILLIS = 250;

    private static final long TELL_WAITING_MILLIS = 1000;

    /** How long a wait goes on before it is looked at again, on the phone and here. */
    private static final long LOOK_MILLIS = 1000;

    private static final int FP32_BYTES = 4;

    private final PhoneSimulation phone;
    private final RunSpec spec;
    private final PassMeter meter;
    private final String calibration;
    private final CoolChargingPolicy policy;
    private final PhonePacer pacer;
    private final RunControl control;
    private final Stopwatch clock;
    private final Consumer<Event> events;
    private double hottestCelsius;
    private long toldMillis = -TELL_MILLIS;
    private boolean emptyTold;
    private String pausedBy;

    /**
     * @param policy when to wait; null for never
     * @param pacer makes the run as slow as the phone; null to run as fast as this computer can
     */
    SimulatedTrainingPhone(
            PhoneSimulation phone,
            RunSpec spec,
            PassMeter meter,
            String calibration,
            CoolChargingPolicy policy,
            PhonePacer pacer,
            RunControl control,
            Stopwatch clock,
            Consumer<Event> events) {
        this.phone = phone;
        this.spec = spec;
        this.meter = meter;
        this.calibration = calibration;
        this.policy = policy;
        this.pacer = pacer;
        this.control = control;
        this.clock = clock;
        this.events = events;
        this.hottestCelsius = phone.state().temperatureCelsius();
    }

    /** Goes on where an earlier worker's phone was. */
    void restore(PhoneSnapshot from, boolean charging, double hottest) {
        phone.restore(from);
        phone.state().plug(charging);
        hottestCelsius = Math.max(hottest, from.temperatureCelsius());
    }

    @Override
    public PassWatch watch() {
        return meter;
    }

    @Override
    public String calibration() {
        return calibration;
    }

    @Override
    public void prepared(int step, PassCount passes) {
        advance(passes);
        tellNow(step);
    }

    @Override
    public void begin() {
        if (pacer != null) {
            pacer.begin();
        }
    }

    @Override
    public Double stepped(int step, PassCount passes) {
        return pace(advance(passes));
    }

    @Override
    public void worked(int step, PassCount passes) {
        pace(advance(passes));
        tell(step);
    }

    /** Lets the phone do what was done here since it was last asked. */
    private double advance(PassCount passes) {
        PhoneReading reading = phone.afterStep(meter.take().plus(weightWork(passes)));
        hottestCelsius = Math.max(hottestCelsius, reading.temperatureCelsius());
        meter.takeProblem().ifPresent(this::roughlyCounted);
        if (phone.state().isEmpty() && !emptyTold) {
            emptyTold = true;
            events.accept(
                    new Event.Warning(
                            clock.elapsedMillis(),
                            String.format(
                                    Locale.ROOT,
                                    "The phone's battery would be empty now, after %.1f hours on it.",
                                    phone.state().seconds() / 3600),
                            "The run goes on. Set device.chargingWatts for a phone that lies on its"
                                    + " charger."));
        }
        return reading.phoneMillis();
    }

    private StepWork weightWork(PassCount passes) {
        boolean signs = spec.method().direction() == MethodSpec.Direction.RADEMACHER;
        return passes.passes() == 0
                ? StepWork.NONE
                : StepWork.weightPasses(
                        passes.drawn(), passes.moved(), FP32_BYTES, passes.passes(), !signs);
    }

    private void roughlyCounted(String why) {
        events.accept(
                new Event.Warning(
                        clock.elapsedMillis(),
                        "The phone's clock does not understand all of the model: " + why + ".",
                        "The phone's time is an estimate here, and may be off by a factor of two or"
                                + " more."));
    }

    private double pace(double phoneMillis) {
        if (pacer != null) {
            try {
                pacer.end(phoneMillis);
            } catch (InterruptedException e) {
                // Somebody said stop: the run ends now, not when the phone would have got so far.
            }
        }
        return phoneMillis;
    }

    @Override
    public void tell(int step) {
        long every = pausedBy == null ? TELL_MILLIS : TELL_WAITING_MILLIS;
        if (clock.elapsedMillis() - toldMillis >= every) {
            tellNow(step);
        }
    }

    private void tellNow(int step) {
        toldMillis = clock.elapsedMillis();
        PhoneSnapshot now = phone.state().snapshot();
        events.accept(
                new Event.Phone(
                        toldMillis,
                        step,
                        now.phoneMillis(),
                        now.temperatureCelsius(),
                        now.clockFraction(),
                        now.throttleStep(),
                        now.batteryPercent(),
                        now.joules(),
                        phone.state().isCharging(),
                        pausedBy,
                        null,
                        null));
    }

    @Override
    public boolean waitUntilAllowed(int step) {
        Decision decision = decide();
        if (decision == Decision.RUN) {
            return false;
        }
        String reason = reason(decision);
        pausedBy = reason;
        events.accept(new Event.Paused(clock.elapsedMillis(), step, reason));
        tellNow(step);
        while (decision != Decision.RUN && !control.isStopped()) {
            if (decision == Decision.WAIT_TO_COOL && pacer == null) {
                phone.afterPause(LOOK_MILLIS);
            } else {
                long begin = System.nanoTime();
                control.await(Duration.ofMillis(LOOK_MILLIS));
                phone.afterPause((System.nanoTime() - begin) / 1e6);
            }
            decision = decide();
            pausedBy = decision == Decision.RUN ? null : reason(decision);
            tell(step);
        }
        pausedBy = null;
        if (!control.isStopped()) {
            tellNow(step);
            events.accept(new Event.Resumed(clock.elapsedMillis(), step, reason));
        }
        begin();
        return true;
    }

    private Decision decide() {
        control.takeCharger().ifPresent(phone.state()::plug);
        return policy == null ? Decision.RUN : policy.decide(phone.state());
    }

    private static String reason(Decision decision) {
        return decision == Decision.WAIT_FOR_CHARGER
                ? PauseReason.NO_CHARGER
                : PauseReason.TOO_WARM;
    }

    @Override
    public void rested(int step, double millis) {
        phone.afterPause(millis);
        tellNow(step);
        begin();
    }

    @Override
    public Event.Finished complete(Event.Finished end) {
        tellNow(end.step());
        PhoneSnapshot now = phone.state().snapshot();
        return end.withPhone(
                now.phoneMillis(),
                spec.device().surroundings().startPercent() - now.batteryPercent(),
                now.joules(),
                hottestCelsius);
    }
}
