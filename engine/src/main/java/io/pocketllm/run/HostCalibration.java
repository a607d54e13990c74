package io.pocketllm.run;

import io.pocketllm.device.DeviceCatalogue;
import io.pocketllm.device.DeviceProfile;
import io.pocketllm.device.MachineRates;
import io.pocketllm.device.probe.HostProbe;
import io.pocketllm.forward.NativeLibraries;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * What the host probe knows of this computer: how kinds of work compare here, which workers then
 * use for the phone's clock in the place of estimates. Measured once and kept in the cache; a
 * worker never measures.
 */
public final class HostCalibration {

    /**
     * One measurement.
     *
     * @param threads threads it was made with
     */
    public record Measured(int threads, MachineRates rates) {}

    private HostCalibration() {}

    /** Numbers of threads that phones have here: as many measurements there are to make. */
    public static List<Integer> threadCounts() {
        int cores = Runtime.getRuntime().availableProcessors();
        TreeSet<Integer> counts = new TreeSet<>();
        for (DeviceProfile phone : DeviceCatalogue.builtin()) {
            counts.add(Math.min(cores, phone.defaultThreads()));
        }
        return List.copyOf(counts);
    }

    /** What is kept; nothing is measured. */
    public static List<Measured> kept(Folders folders) {
        List<Measured> kept = new ArrayList<>();
        for (int threads : threadCounts()) {
            HostProbe.kept(folders.cache(), threads)
                    .ifPresent(rates -> kept.add(new Measured(threads, rates)));
        }
        return kept;
    }

    /** True where a measurement is missing. */
    public static boolean isNeeded(Folders folders) {
        return kept(folders).size() < threadCounts().size();
    }

    /**
     * Measures with so many threads, some seconds long, and keeps the result. For a background
     * thread; loads ONNX Runtime into this process. What else the computer does meanwhile makes the
     * result worse.
     */
    public static Measured measure(Folders folders, int threads) throws IOException {
        NativeLibraries.prepare(folders.cache());
        return new Measured(threads, HostProbe.measureAndKeep(folders.cache(), threads));
    }
}
