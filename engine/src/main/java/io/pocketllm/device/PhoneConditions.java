package io.pocketllm.device;

import java.time.Duration;

/**
 * What else goes on on the phone while a process runs there.
 *
 * @param reactionTime how long a process must stay over its budget before it is killed; Android's
 *     lmkd waits for memory pressure that lasts. 0 to 10 seconds, 0 by default
 * @param zramShare share of the process's memory that the phone keeps compressed in zRAM, 0 to 0.9;
 *     0 by default, because the random low bits of weights hardly compress
 * @param backgroundBytes memory that other programs hold and defend, such as a call or a player; it
 *     goes off the budget. 0 by default: what an idle phone holds is in the profile already
 * @param backgroundCpuShare share of every core's time that other programs take, 0 to 0.9
 */
public record PhoneConditions(
        Duration reactionTime, double zramShare, long backgroundBytes, double backgroundCpuShare) {

    /** zRAM keeps a page in about a third of its size (estimated; LZ4 and zstd give 2.5 to 3.5). */
    public static final double ZRAM_RATIO = 3;

    /** An idle phone that kills at the first reading over the budget. */
    public static final PhoneConditions IDLE = new PhoneConditions(Duration.ZERO, 0, 0, 0);

    /**
     * @throws IllegalArgumentException for a value out of range; the message names it
     */
    public PhoneConditions {
        if (reactionTime.isNegative() || reactionTime.compareTo(Duration.ofSeconds(10)) > 0) {
            throw refuse("reactionTime", reactionTime, "0 to 10 seconds");
        }
        if (!(zramShare >= 0 && zramShare <= 0.9)) {
            throw refuse("zramShare", zramShare, "0 to 0.9");
        }
        if (backgroundBytes < 0) {
            throw refuse("backgroundBytes", backgroundBytes, "0 or more");
        }
        if (!(backgroundCpuShare >= 0 && backgroundCpuShare <= 0.9)) {
            throw refuse("backgroundCpuShare", backgroundCpuShare, "0 to 0.9");
        }
    }

    /**
     * The resident set above which a process is killed: {@code (budget − background) / (1 − share ·
     * (1 − 1/ratio))}.
     *
     * @param budgetBytes what the phone grants a process; 0 for no limit
     * @return 0 for no limit; else at least 1: background load larger than the budget kills at once
     */
    public long killLineBytes(long budgetBytes) {
        if (budgetBytes == 0) {
            return 0;
        }
        double left = Math.max(1, budgetBytes - backgroundBytes);
        return Math.max(1, Math.round(left / (1 - zramShare * (1 - 1 / ZRAM_RATIO))));
    }

    private static IllegalArgumentException refuse(String name, Object found, String allowed) {
        return new IllegalArgumentException(name + " is " + found + "; allowed: " + allowed);
    }
}
