package io.pocketllm.cli;

import io.pocketllm.device.DeviceCatalogue;
import io.pocketllm.device.DeviceProfile;
import java.io.PrintWriter;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Phones that can be simulated. */
@Command(
        name = "devices",
        description = "Phones that can be simulated.",
        mixinStandardHelpOptions = true)
final class DevicesCommand implements Runnable {

    @Spec private CommandSpec spec;

    @Override
    public void run() {
        list();
    }

    @Command(
            name = "list",
            description = "Every phone with its memory, the budget of one process, and its cores.")
    void list() {
        PrintWriter out = spec.commandLine().getOut();
        out.printf("%-22s %-26s %8s %10s  %s%n", "ID", "PHONE", "RAM", "BUDGET", "CORES");
        for (DeviceProfile device : DeviceCatalogue.builtin()) {
            StringBuilder cores = new StringBuilder();
            for (DeviceProfile.CoreCluster cluster : device.clusters()) {
                cores.append(cores.isEmpty() ? "" : " + ")
                        .append(
                                String.format(
                                        Locale.ROOT,
                                        "%d x %s %.2f GHz",
                                        cluster.count(),
                                        cluster.kind(),
                                        cluster.clockHertz() / 1e9));
            }
            out.printf(
                    Locale.ROOT,
                    "%-22s %-26s %5.0f GB %7.2f GB  %s%n",
                    device.id(),
                    device.name(),
                    device.ramBytes() / (double) (1 << 30),
                    device.budgetBytes() / 1e9,
                    cores);
        }
        out.flush();
    }
}
