package io.pocketllm.app.train;

import io.pocketllm.device.DeviceProfile;
import io.pocketllm.run.RunPreview;

/**
 * How the phone's memory is shared out, bytes, from the bottom of the bar upwards.
 *
 * @param totalBytes what the phone is sold with
 * @param othersBytes what hardware, system and other apps keep: all that is not the run's own
 *     budget by the profile
 * @param runBytes the run's resident set
 * @param killLineBytes height at which the run is killed
 */
public record PhoneMemory(long totalBytes, long othersBytes, long runBytes, long killLineBytes) {

    /** Shares out the memory of a phone; null where the run has none. */
    public static PhoneMemory of(RunPreview preview, long residentSetBytes) {
        if (preview == null || preview.device() == null) {
            return null;
        }
        DeviceProfile phone = preview.device();
        long others = Math.max(0, phone.ramBytes() - phone.budgetBytes());
        long budget = preview.budgetBytes() > 0 ? preview.budgetBytes() : phone.budgetBytes();
        return new PhoneMemory(
                phone.ramBytes(),
                others,
                residentSetBytes,
                Math.min(phone.ramBytes(), others + budget));
    }

    /** A height as a share of the bar, 0 to 1. */
    public double share(long bytes) {
        return totalBytes <= 0 ? 0 : Math.clamp((double) bytes / totalBytes, 0, 1);
    }
}
