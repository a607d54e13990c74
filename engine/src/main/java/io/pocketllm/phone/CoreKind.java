package io.pocketllm.phone;

import java.util.Map;

/**
 * A kind of CPU core, by the two numbers of {@code /proc/cpuinfo}.
 *
 * @param name such as Cortex-A78
 * @param flopsPerCycle FP32 operations a cycle, a multiply-add counted as two; 0 where not known
 * @param little true for an efficiency core
 */
public record CoreKind(String name, int flopsPerCycle, boolean little) {

    private static final int ARM = 0x41;

    /** Part numbers of Arm's own cores, from the kernel's cputype.h; flops from memory. */
    private static final Map<Integer, CoreKind> ARM_PARTS =
            Map.ofEntries(
                    Map.entry(0xd03, new CoreKind("Cortex-A53", 8, true)),
                    Map.entry(0xd04, new CoreKind("Cortex-A35", 8, true)),
                    Map.entry(0xd05, new CoreKind("Cortex-A55", 8, true)),
                    Map.entry(0xd08, new CoreKind("Cortex-A72", 8, false)),
                    Map.entry(0xd09, new CoreKind("Cortex-A73", 8, false)),
                    Map.entry(0xd0a, new CoreKind("Cortex-A75", 16, false)),
                    Map.entry(0xd0b, new CoreKind("Cortex-A76", 16, false)),
                    Map.entry(0xd0d, new CoreKind("Cortex-A77", 16, false)),
                    Map.entry(0xd41, new CoreKind("Cortex-A78", 16, false)),
                    Map.entry(0xd44, new CoreKind("Cortex-X1", 32, false)),
                    Map.entry(0xd46, new CoreKind("Cortex-A510", 8, true)),
                    Map.entry(0xd47, new CoreKind("Cortex-A710", 16, false)),
                    Map.entry(0xd48, new CoreKind("Cortex-X2", 32, false)),
                    Map.entry(0xd4d, new CoreKind("Cortex-A715", 16, false)),
                    Map.entry(0xd4e, new CoreKind("Cortex-X3", 32, false)),
                    Map.entry(0xd80, new CoreKind("Cortex-A520", 8, true)),
                    Map.entry(0xd81, new CoreKind("Cortex-A720", 16, false)),
                    Map.entry(0xd82, new CoreKind("Cortex-X4", 32, false)));

    /** Qualcomm's Kryo cores are Arm's under other numbers; from memory. */
    private static final Map<Integer, CoreKind> QUALCOMM_PARTS =
            Map.of(
                    0x800, new CoreKind("Kryo Gold (Cortex-A73)", 8, false),
                    0x801, new CoreKind("Kryo Silver (Cortex-A53)", 8, true),
                    0x802, new CoreKind("Kryo Gold (Cortex-A75)", 16, false),
                    0x803, new CoreKind("Kryo Silver (Cortex-A55)", 8, true),
                    0x804, new CoreKind("Kryo Gold (Cortex-A76)", 16, false),
                    0x805, new CoreKind("Kryo Silver (Cortex-A55)", 8, true));

    private static final int QUALCOMM = 0x51;

    /** The core of an implementer and a part; one that is not known is named by its numbers. */
    static CoreKind of(int implementer, int part) {
        CoreKind known =
                implementer == ARM
                        ? ARM_PARTS.get(part)
                        : implementer == QUALCOMM ? QUALCOMM_PARTS.get(part) : null;
        return known != null
                ? known
                : new CoreKind("core %#x of maker %#x".formatted(part, implementer), 0, false);
    }
}
