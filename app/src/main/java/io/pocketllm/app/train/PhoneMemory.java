package io.pocketllm.app.train;

import io.pocketllm.device.DeviceProfile;
import io.pocketllm.device.PhoneConditions;
import io.pocketllm.run.RunPreview;

/**
 * How the phone's memory is shared out, bytes, from the bottom of the bar upwards.
 *
 * @param totalBytes what the phone is sold with
 * @param systemBytes what hardware and system keep, and what an idle phone holds besides
 * @param othersBytes what the killer keeps for other apps: all that is then left and is not the
 *     run's own by its budget
 * @param runBytes the run's resident set
 * @param killLineBytes resident set above which the run is killed
 */
public record PhoneMemory(
        long totalBytes, long systemBytes, long othersBytes, long runBytes, long killLineBytes) {

    /**
     * Shares out the memory of a phone; null where the run has none.
     *
     * @param conditions what else goes on on the phone; moves the kill line
     * @param residentSetBytes the run's, 0 before there is one
     */
    public static PhoneMemory of(
            RunPreview preview, PhoneConditions conditions, long residentSetBytes) {
        if (preview == null || preview.device() == null) {
            return null;
        }
        DeviceProfile phone = preview.device();
        long budget = preview.budgetBytes() > 0 ? preview.budgetBytes() : phone.budgetBytes();
        long line = conditions.killLineBytes(budget);
        long system = Math.max(0, phone.ramBytes() - phone.idleAvailableBytes());
        // A budget of the person's own may be more than the phone would leave: it is taken from
        // what is kept for others, then from the system.
        long profiles = Math.max(0, phone.idleAvailableBytes() - phone.budgetBytes());
        long others =
                Math.clamp(
                        profiles + conditions.backgroundBytes(),
                        0,
                        Math.max(0, phone.ramBytes() - system - line));
        system = Math.clamp(phone.ramBytes() - others - line, 0, system);
        return new PhoneMemory(phone.ramBytes(), system, others, residentSetBytes, line);
    }

    /** Height of what is not the run's. */
    public long belowBytes() {
        return systemBytes + othersBytes;
    }

    /** What the run may still take before it is killed. */
    public long freeBytes() {
        return Math.max(0, killLineBytes - runBytes);
    }

    /** A height as a share of the bar, 0 to 1. */
    public double share(long bytes) {
        return totalBytes <= 0 ? 0 : Math.clamp((double) bytes / totalBytes, 0, 1);
    }
}
