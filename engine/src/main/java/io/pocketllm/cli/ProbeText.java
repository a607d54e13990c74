package io.pocketllm.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pocketllm.device.MachineRates;
import io.pocketllm.device.OperationKind;
import io.pocketllm.device.Precision;
import io.pocketllm.run.HostCalibration.Measured;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** What the host probe measured, for a terminal or as JSON. */
final class ProbeText {

    private ProbeText() {}

    static void print(Measured measured, PrintWriter out) {
        MachineRates rates = measured.rates();
        out.printf(
                Locale.ROOT,
                "%d %s: %.1f GFLOP/s in fp32 products, %.1f GB/s copied, %.1f µs a call%n",
                measured.threads(),
                measured.threads() == 1 ? "thread" : "threads",
                rates.matmulFlopsPerSecond() / 1e9,
                rates.bytesPerSecond() / 1e9,
                rates.callSeconds() * 1e6);
        out.printf("  %-14s %12s %12s%n", "KIND", "FLOP/S, x", "BYTES/S, x");
        for (OperationKind kind : OperationKind.values()) {
            out.printf(
                    Locale.ROOT,
                    "  %-14s %12.3f %12.3f%n",
                    word(kind),
                    rates.factors().compute().get(kind),
                    rates.factors().traffic().get(kind));
        }
        for (Precision precision : Precision.values()) {
            out.printf(
                    Locale.ROOT,
                    "  %-14s %12.3f%n",
                    word(precision) + " product",
                    rates.factors().precision().get(precision));
        }
    }

    static String json(List<Measured> all) {
        ArrayNode list = new JsonMapper().createArrayNode();
        for (Measured measured : all) {
            ObjectNode node = list.addObject();
            MachineRates rates = measured.rates();
            node.put("threads", measured.threads());
            node.put("matmulFlopsPerSecond", rates.matmulFlopsPerSecond());
            node.put("copyBytesPerSecond", rates.bytesPerSecond());
            node.put("callSeconds", rates.callSeconds());
            ObjectNode compute = node.putObject("computeFactors");
            ObjectNode traffic = node.putObject("trafficFactors");
            for (OperationKind kind : OperationKind.values()) {
                compute.put(word(kind), rates.factors().compute().get(kind));
                traffic.put(word(kind), rates.factors().traffic().get(kind));
            }
            ObjectNode precisions = node.putObject("precisionFactors");
            for (Precision precision : Precision.values()) {
                precisions.put(word(precision), rates.factors().precision().get(precision));
            }
        }
        return list.toString();
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
