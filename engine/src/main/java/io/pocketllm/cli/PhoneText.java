package io.pocketllm.cli;

import io.pocketllm.phone.PhoneReading;
import io.pocketllm.phone.Told;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.Function;

/** A reading as lines of text; what the phone did not tell is there with the reason. */
final class PhoneText {

    private PhoneText() {}

    static void print(PhoneReading reading, PrintWriter out) {
        line(out, "Phone", reading.model(), Function.identity());
        line(out, "Maker", reading.maker(), Function.identity());
        line(out, "Chip", reading.chip(), Function.identity());
        line(out, "Android", reading.androidRelease(), Function.identity());
        line(out, "ABI", reading.abi(), Function.identity());
        line(out, "Memory", reading.memoryBytes(), PhoneText::megabytes);
        line(out, "Available", reading.availableBytes(), PhoneText::megabytes);
        line(out, "Swap", reading.swapBytes(), PhoneText::megabytes);
        if (reading.clusters().isTold()) {
            reading.clusters().value().forEach(cluster -> cluster(out, cluster));
        } else {
            line(out, "Cores", reading.clusters(), Object::toString);
        }
        line(
                out,
                "Battery",
                reading.batteryPercent(),
                p -> String.format(Locale.ROOT, "%.0f %%", p));
        line(out, "Full charge", reading.batteryMilliampereHours(), mah -> mah + " mAh");
        line(out, "Battery at", reading.batteryCelsius(), PhoneText::celsius);
        line(out, "Plugged in", reading.plugged(), p -> p ? "yes" : "no");
        line(out, "Heat", reading.thermalStatus(), PhoneReading::thermalWord);
        reading.temperatures()
                .forEach((name, t) -> out.printf("%-12s%s%n", "  " + name, celsius(t)));
        line(out, "Free", reading.freeBytes(), PhoneText::megabytes);
    }

    private static void cluster(PrintWriter out, PhoneReading.Cluster cluster) {
        String clock =
                cluster.clockHertz().isTold()
                        ? String.format(Locale.ROOT, "%.2f GHz", cluster.clockHertz().value() / 1e9)
                        : "clock not told (" + cluster.clockHertz().reason() + ")";
        out.printf("%-12s%d x %s, %s%n", "Cores", cluster.count(), cluster.core().name(), clock);
    }

    private static <T> void line(
            PrintWriter out, String name, Told<T> told, Function<T, String> text) {
        out.printf(
                "%-12s%s%n",
                name,
                told.isTold() ? text.apply(told.value()) : "not told (" + told.reason() + ")");
    }

    private static String megabytes(long bytes) {
        return String.format(Locale.ROOT, "%,d MB", Math.round(bytes / 1e6));
    }

    private static String celsius(double degrees) {
        return String.format(Locale.ROOT, "%.1f °C", degrees);
    }
}
