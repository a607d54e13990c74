package io.pocketllm.cli;

import io.pocketllm.device.DeviceProfile;
import io.pocketllm.device.DeviceProfile.CoreCluster;
import io.pocketllm.device.DeviceProfile.ThrottleStep;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.stream.Collectors;

/** A profile as text for a terminal: value, unit, and who says so. */
final class DeviceText {

    private final DeviceProfile device;
    private final PrintWriter out;

    private DeviceText(DeviceProfile device, PrintWriter out) {
        this.device = device;
        this.out = out;
    }

    static void print(DeviceProfile device, PrintWriter out) {
        new DeviceText(device, out).print();
    }

    /** Such as {@code 2 x Cortex-A78 2.40 GHz + 6 x Cortex-A55 2.00 GHz}. */
    static String cores(DeviceProfile device) {
        return device.clusters().stream()
                .map(
                        c ->
                                String.format(
                                        Locale.ROOT,
                                        "%d x %s %.2f GHz",
                                        c.count(),
                                        c.kind(),
                                        c.clockHertz() / 1e9))
                .collect(Collectors.joining(" + "));
    }

    private void print() {
        out.println(device.name() + " (" + device.id() + ")");
        out.println(device.note());
        line("systemOnChip", "chip", device.systemOnChip());
        line("modelCodes", "model codes", String.join(", ", device.modelCodes()));
        line("ramBytes", "RAM", gib(device.ramBytes()));
        line("usableBytes", "of it usable", gib(device.usableBytes()));
        line("idleAvailableBytes", "free when idle", gib(device.idleAvailableBytes()));
        line("budgetBytes", "budget of a process", gib(device.budgetBytes()));
        line("memoryKind", "memory", device.memoryKind());
        line(
                "memoryBandwidthBytesPerSecond",
                "memory peak",
                rate(device.memoryBandwidthBytesPerSecond()));
        line(
                "storageReadBytesPerSecond",
                "storage reads",
                rate(device.storageReadBytesPerSecond()));
        for (int i = 0; i < device.clusters().size(); i++) {
            CoreCluster c = device.clusters().get(i);
            String at = "clusters[" + i + "].";
            String cores = c.count() + " x " + c.kind() + (c.little() ? " (little)" : "");
            line(at + "kind", "cluster " + (i + 1), cores);
            line(at + "clockHertz", "  clock", format("%.2f GHz", c.clockHertz() / 1e9));
            line(at + "flopsPerCycle", "  FLOP a cycle", Integer.toString(c.flopsPerCycle()));
            line(at + "wattsAtTopClock", "  a busy core", format("%.2f W", c.wattsAtTopClock()));
        }
        line(
                "batteryMilliampereHours",
                "battery",
                format(
                        "%.0f mAh, %.1f Wh",
                        (double) device.batteryMilliampereHours(), device.batteryJoules() / 3600));
        line("idleWatts", "idle", format("%.2f W", device.idleWatts()));
        line(
                "memoryPicojoulesPerByte",
                "a byte of memory",
                format("%.0f pJ", device.memoryPicojoulesPerByte()));
        DeviceProfile.Thermal heat = device.thermal();
        line(
                "thermal.conductanceWattsPerKelvin",
                "heat to the air",
                format("%.2f W/K", heat.conductanceWattsPerKelvin()));
        line(
                "thermal.heatCapacityJoulesPerKelvin",
                "heat capacity",
                format("%.0f J/K", heat.heatCapacityJoulesPerKelvin()));
        line("thermal.skinLimitCelsius", "skin limit", format("%.1f °C", heat.skinLimitCelsius()));
        line(
                "thermal.throttleSteps",
                "throttling",
                heat.throttleSteps().stream()
                        .map(DeviceText::step)
                        .collect(Collectors.joining(", ")));
        line("processKind", "process", device.processKind().name().toLowerCase(Locale.ROOT));
        line(
                "stepTimeFactor",
                "step time",
                format("%.3f times what the rates give", device.stepTimeFactor()));
    }

    private void line(String key, String name, String value) {
        out.printf("  %-20s %-34s [%s]%n", name, value, device.sources().get(key));
    }

    private static String step(ThrottleStep step) {
        return format("%.0f %% from %.1f °C", step.clockFraction() * 100, step.hotCelsius());
    }

    private static String gib(long bytes) {
        return format("%.2f GiB", bytes / 0x1p30);
    }

    private static String rate(long bytesPerSecond) {
        return format("%.2f GB/s", bytesPerSecond / 1e9);
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
