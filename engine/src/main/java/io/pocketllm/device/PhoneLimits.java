package io.pocketllm.device;

import java.util.Locale;

/**
 * Which limits of the phone a program on this computer has.
 *
 * @param killLineBytes resident set above which it is killed; 0 for no limit
 * @param controlGroup true where the kernel holds it there too, with a cgroup v2 limit
 * @param cores cores it is bound to; 0 where it may use all
 * @param conditions what else goes on on the phone
 */
public record PhoneLimits(
        long killLineBytes, boolean controlGroup, int cores, PhoneConditions conditions) {

    /** One line for a person: what limits memory, and what limits cores. */
    public String text() {
        return memory() + " " + (cores == 0 ? "All cores." : cores(cores));
    }

    private String memory() {
        if (killLineBytes == 0) {
            return "Memory is watched and not limited.";
        }
        String line = String.format(Locale.ROOT, "Killed above %.2f GiB ", killLineBytes / 0x1p30);
        String who =
                controlGroup
                        ? "by the kernel (cgroup v2) or after a reading of its resident set"
                        : "after a reading of its resident set (no cgroup v2 memory limit here)";
        long reaction = conditions.reactionTime().toMillis();
        return line + who + (reaction == 0 ? "." : ", " + reaction + " ms later.");
    }

    private static String cores(int cores) {
        return "Bound to " + cores + (cores == 1 ? " core." : " cores.");
    }
}
