package io.pocketllm.phone;

import io.pocketllm.device.DeviceCatalogue;
import io.pocketllm.device.DeviceProfile;
import io.pocketllm.device.DeviceProfileException;
import io.pocketllm.phone.PhoneException.Reason;
import io.pocketllm.run.RunFile;
import io.pocketllm.run.RunFileException;
import io.pocketllm.run.RunFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One run file on a real phone and on a simulated one: how near the simulation comes, and by how
 * much the profile is to be corrected.
 *
 * @param real what was measured on the phone
 * @param simulated what the simulated phone said
 * @param steps how step times compare
 * @param beforeThrottling whether only steps were compared that both took before either began to
 *     throttle
 * @param differences settings that the two run files do not share; none of them changes what a step
 *     does
 * @param profile the simulated phone's profile
 */
public record RunComparison(
        RunMeasurements real,
        RunMeasurements simulated,
        StepRatio steps,
        boolean beforeThrottling,
        List<SettingDifference> differences,
        DeviceProfile profile) {

    /** Fewer steps say nothing. */
    static final int LEAST_STEPS = 10;

    /** So many steps before throttling are enough to leave the others out. */
    private static final int ENOUGH_COOL_STEPS = 20;

    /** Below this the clock's own grain, and what it does not count, is most of a step. */
    private static final double SHORTEST_STEP_MILLIS = 5;

    public RunComparison {
        differences = List.copyOf(differences);
    }

    /**
     * Compares two run folders; the runs may still go on.
     *
     * @param realFolder of a run on a phone
     * @param simulatedFolder of a run of the same run file with a simulated phone
     * @throws RunFileException where a folder is none of a run
     * @throws PhoneException where the two cannot be compared, and why
     */
    public static RunComparison of(Path realFolder, Path simulatedFolder)
            throws RunFileException, IOException {
        RunFolder real = RunFolder.existing(realFolder);
        RunFolder simulated = RunFolder.existing(simulatedFolder);
        if (!PhoneRun.isIn(realFolder)) {
            throw refusal(
                    realFolder + " is no run on a phone.",
                    "Name the folder of a run that \"pocketllm phones run\" started first, the"
                            + " simulated one second.");
        }
        return of(
                RunFile.read(real.runFile()),
                RunMeasurements.of(real),
                RunFile.read(simulated.runFile()),
                RunMeasurements.of(simulated));
    }

    /**
     * The same of what is known of two runs so far.
     *
     * @throws PhoneException where the two cannot be compared, and why
     */
    public static RunComparison of(
            RunFile realFile,
            RunMeasurements real,
            RunFile simulatedFile,
            RunMeasurements simulated)
            throws PhoneException {
        List<SettingDifference> differences = SettingDifference.between(realFile, simulatedFile);
        refuseOtherWork(differences);
        DeviceProfile profile = profile(simulatedFile);
        refuseOtherThreads(real, simulatedFile, profile);
        int cool = lastCoolStep(real, simulated);
        StepRatio steps = StepRatio.of(real.stepMillis(), simulated.simulatedMillis(), cool);
        boolean before = cool < Integer.MAX_VALUE && steps.steps() >= ENOUGH_COOL_STEPS;
        return new RunComparison(
                real,
                simulated,
                before || cool == Integer.MAX_VALUE
                        ? steps
                        : StepRatio.of(
                                real.stepMillis(), simulated.simulatedMillis(), Integer.MAX_VALUE),
                before,
                differences,
                profile);
    }

    /** Whether a run file is that of a simulated run which a run on a phone can be held against. */
    public static boolean isOfSimulated(RunFile realFile, RunFile simulatedFile) {
        return !simulatedFile.spec().device().profile().equals("none")
                && simulatedFile.spec().device().simulate()
                && SettingDifference.isSameWork(realFile, simulatedFile);
    }

    private static void refuseOtherWork(List<SettingDifference> differences) throws PhoneException {
        String other =
                differences.stream()
                        .filter(SettingDifference::changesWork)
                        .map(
                                d ->
                                        d.key()
                                                + " ("
                                                + shown(d.real())
                                                + " on the phone, "
                                                + shown(d.simulated())
                                                + " simulated)")
                        .collect(Collectors.joining(", "));
        if (!other.isEmpty()) {
            throw refusal(
                    "The two runs do not do the same in a step: " + other + ".",
                    "Simulate the phone's run itself: pocketllm phones simulate RUN_DIR.");
        }
    }

    private static String shown(String value) {
        return value.isEmpty() ? "not set" : value;
    }

    private static DeviceProfile profile(RunFile simulated) throws PhoneException {
        String word = simulated.spec().device().profile();
        if (word.equals("none") || !simulated.spec().device().simulate()) {
            throw refusal(
                    "The second run has no simulated phone.",
                    "Simulate the phone's run: pocketllm phones simulate RUN_DIR.");
        }
        try {
            return DeviceCatalogue.find(word);
        } catch (DeviceProfileException e) {
            // That message ends with its hint.
            String why = e.getMessage().replace(" " + e.hint(), "");
            throw refusal("The simulated phone's profile cannot be read: " + why, e.hint());
        }
    }

    private static void refuseOtherThreads(
            RunMeasurements real, RunFile simulated, DeviceProfile profile) throws PhoneException {
        if (real.started() == null) {
            throw refusal(
                    "The run on the phone has not begun yet.", "Wait until it takes its steps.");
        }
        Integer own = simulated.spec().device().threads();
        int threads = own == null ? profile.defaultThreads() : own;
        if (real.started().threads() != threads) {
            throw refusal(
                    "The run on the phone has "
                            + real.started().threads()
                            + " threads and the simulated one "
                            + threads
                            + ".",
                    "Set device.threads to the same number in both.");
        }
    }

    private static int lastCoolStep(RunMeasurements real, RunMeasurements simulated) {
        return Math.min(
                real.lastCoolStep().orElse(Integer.MAX_VALUE),
                simulated.lastCoolStep().orElse(Integer.MAX_VALUE));
    }

    /** Why the profile should not be corrected by this; empty where it can be. */
    public String doubt() {
        if (steps.steps() < LEAST_STEPS) {
            return "There are "
                    + steps.steps()
                    + " steps to compare; "
                    + LEAST_STEPS
                    + " are needed.";
        }
        if (Math.min(steps.simulatedMillis(), steps.realMillis()) < SHORTEST_STEP_MILLIS) {
            return "A step takes less than "
                    + Math.round(SHORTEST_STEP_MILLIS)
                    + " ms, most of it what the clock does not count: compare a run whose steps go"
                    + " through the model (lora, full, or a head with data.tokenDropout).";
        }
        double factor = factor();
        if (factor < DeviceProfile.LEAST_FACTOR || factor > DeviceProfile.MOST_FACTOR) {
            return "The profile would need a factor of "
                    + factor
                    + "; allowed are "
                    + DeviceProfile.LEAST_FACTOR
                    + " to "
                    + Math.round(DeviceProfile.MOST_FACTOR)
                    + ". Look first whether its cores and clocks are the phone's.";
        }
        return "";
    }

    /** The profile's new factor: its own times the ratio, to four digits behind the point. */
    public double factor() {
        return Math.round(profile.stepTimeFactor() * steps.ratio() * 1e4) / 1e4;
    }

    /**
     * The simulated phone with steps as long as they were on the phone.
     *
     * @throws PhoneException where {@link #doubt} says why not
     */
    public DeviceProfile recalibrated() throws PhoneException {
        if (!doubt().isEmpty()) {
            throw refusal(
                    "The profile cannot be corrected by these runs. " + doubt(),
                    "Let both runs take more steps, or compare others.");
        }
        return profile.withStepTimeFactor(factor(), ComparisonText.source(this));
    }

    /** What a person should know before they trust the ratio; empty for nothing. */
    public List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        for (SettingDifference each : differences) {
            warnings.add(
                    each.key()
                            + " is "
                            + shown(each.real())
                            + " on the phone and "
                            + shown(each.simulated())
                            + " simulated"
                            + (each.key().equals("seed") ? ": the steps took other texts." : "."));
        }
        boolean slowed = real.throttledAtStep() != null || simulated.throttledAtStep() != null;
        if (slowed && !beforeThrottling) {
            warnings.add(
                    "One of the two throttled nearly from the start, so the ratio has throttled"
                            + " steps in it.");
        }
        return List.copyOf(warnings);
    }

    private static PhoneException refusal(String message, String hint) {
        return new PhoneException(Reason.REFUSED, message, hint);
    }
}
