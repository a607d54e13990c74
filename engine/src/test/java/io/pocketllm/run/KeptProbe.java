package io.pocketllm.run;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.pocketllm.device.MachineRates;
import io.pocketllm.device.OperationKind;
import io.pocketllm.device.RateFactors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A measurement of this computer as the probe keeps it, without measuring. */
final class KeptProbe {

    private KeptProbe() {}

    /** With everything but products at a tenth of their speed. */
    static void write(Path cache, int phoneThreads) throws IOException {
        int cores = Runtime.getRuntime().availableProcessors();
        Map<OperationKind, Double> tenth = new java.util.EnumMap<>(OperationKind.class);
        for (OperationKind kind : OperationKind.values()) {
            tenth.put(kind, kind == OperationKind.MATMUL ? 1 : 0.1);
        }
        MachineRates rates =
                new MachineRates(5e10, 1e10, 1e-5, new RateFactors(tenth, Map.of(), tenth));
        Files.writeString(
                cache.resolve("host-probe-" + Math.min(phoneThreads, cores) + "-threads.json"),
                new ObjectMapper()
                        .writeValueAsString(Map.of("version", 2, "cores", cores, "rates", rates)));
    }
}
