package io.pocketllm.phone;

import io.pocketllm.device.DeviceCatalogue;
import io.pocketllm.device.DeviceProfile;
import io.pocketllm.device.DeviceProfileException;
import io.pocketllm.device.UserProfiles;
import io.pocketllm.run.RunFile;
import io.pocketllm.run.RunFileException;
import io.pocketllm.run.RunFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The run of a phone once more, on the simulated phone of this computer: the same run file with the
 * profile that was read from the phone when the run began, or a person's own of that phone.
 */
public final class SimulatedTwin {

    private SimulatedTwin() {}

    /**
     * The run file to start here.
     *
     * @param realFolder of a run on a phone
     * @param own a person's own phones: where the phone is among them, as it is once its profile
     *     was corrected, that profile is taken
     * @throws RunFileException where it is no run folder
     * @throws PhoneException where it is none of a phone's run, or no profile is known of the phone
     */
    public static RunFile of(Path realFolder, UserProfiles own)
            throws RunFileException, PhoneException {
        RunFolder real = RunFolder.existing(realFolder);
        if (!PhoneRun.isIn(realFolder)) {
            throw new PhoneException(
                    PhoneException.Reason.REFUSED,
                    realFolder + " is no run on a phone.",
                    "Name the folder of a run that \"pocketllm phones run\" started.");
        }
        RunFile file = RunFile.read(real.runFile());
        Path profile = real.path().resolve(PhoneLauncher.PROFILE);
        Map<String, String> changes = new LinkedHashMap<>();
        if (Files.isRegularFile(profile)) {
            changes.put("device.profile", profile(profile, own));
        } else if (file.spec().device().profile().equals("none")) {
            throw new PhoneException(
                    PhoneException.Reason.UNFIT,
                    "No profile of the phone is kept beside the run: the phone told too little.",
                    "Copy the profile of a similar phone, and run the run file with --device.");
        }
        changes.put("name", file.spec().name() + ", simulated");
        changes.put("device.simulate", "true");
        // Only how long a step takes is asked for, not to wait so long.
        changes.put("device.realTime", "false");
        changes.put("device.trainWhen", "always");
        if (file.spec().device().conditions().backgroundCpuShare() > 0) {
            // What else the phone had to do is in the time it really took.
            changes.put("device.backgroundCpuShare", "0");
        }
        return file.with(changes);
    }

    /** An own phone's id, or the path of the profile beside the run. */
    private static String profile(Path read, UserProfiles own) {
        try {
            return Recalibration.ownOf(own, DeviceCatalogue.read(read))
                    .map(DeviceProfile::id)
                    .orElse(read.toString());
        } catch (DeviceProfileException e) {
            // Somebody changed the file: starting the run says what is wrong with it.
            return read.toString();
        }
    }
}
