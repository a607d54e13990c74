package io.pocketllm.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pocketllm.plan.DeviceFit;
import io.pocketllm.plan.FirstOrderMemory;
import io.pocketllm.plan.MemoryPart;
import io.pocketllm.plan.PlanRequest;
import io.pocketllm.plan.RowLength;
import io.pocketllm.plan.RunPlan;
import io.pocketllm.plan.TimePlan;
import io.pocketllm.run.Remedy;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/** A plan for people and as JSON. */
final class PlanText {

    private PlanText() {}

    static String lines(
            PlanRequest request,
            RunPlan plan,
            RowLength rows,
            List<PhonePlan> fits,
            List<Remedy> remedies) {
        StringBuilder text = new StringBuilder();
        text.append(
                format(
                        "%s, base %s, %d rows of %d tokens%n",
                        request.method().describe(),
                        request.base().label(),
                        request.batchRows(),
                        request.length()));
        for (MemoryPart part : plan.parts()) {
            text.append(format("  %-22s %12s%n", part.name(), megabytes(part.bytes())));
        }
        text.append(format("  %-22s %12s%n%n", "all", megabytes(plan.totalBytes())));
        text.append(format("With backpropagation, all parameters, by formula:%n"));
        for (FirstOrderMemory.Optimiser optimiser : FirstOrderMemory.Optimiser.values()) {
            text.append(
                    format(
                            "  %-22s %12s%n",
                            optimiser.label(),
                            megabytes(FirstOrderMemory.of(request, optimiser).totalBytes())));
        }
        if (!fits.isEmpty()) {
            text.append(
                    format(
                            "%n%-22s %12s  %-7s %-13s  %10s %10s %8s%n",
                            "PHONE",
                            "BUDGET",
                            "",
                            "LARGEST BATCH",
                            "STEP",
                            "100 STEPS",
                            "BATTERY"));
        }
        for (PhonePlan phone : fits) {
            DeviceFit fit = phone.fit();
            text.append(
                    format(
                            "%-22s %12s  %-7s %-13s  %10s %10s %8s%n",
                            fit.device(),
                            megabytes(fit.budgetBytes()),
                            fit.verdict().word(),
                            fit.largestBatchRows() == 0 ? "none" : fit.largestBatchRows() + " rows",
                            phone.time()
                                    .map(t -> format("%.2f s", t.stepMillis() / 1000))
                                    .orElse("-"),
                            phone.time().map(t -> format("%.1f min", minutes(t))).orElse("-"),
                            phone.time()
                                    .map(t -> format("%.1f %%", t.batteryPercent()))
                                    .orElse("-")));
        }
        if (fits.stream().anyMatch(phone -> phone.time().isPresent())) {
            text.append(format("Times are reckoned with %s.%n", rows.words()));
        }
        if (!remedies.isEmpty()) {
            text.append(format("%nWhat would fit (--set KEY=VALUE):%n"));
        }
        for (Remedy remedy : remedies) {
            text.append(
                    format(
                            "  %12s  %s: %s%n",
                            megabytes(remedy.totalBytes()), remedy.what(), remedy.settings()));
        }
        return text.toString();
    }

    static String json(
            PlanRequest request,
            RunPlan plan,
            RowLength rows,
            List<PhonePlan> fits,
            List<Remedy> remedies) {
        ObjectNode root = new JsonMapper().createObjectNode();
        root.put("method", request.method().describe());
        root.put("base", request.base().label());
        root.put("batchRows", request.batchRows());
        root.put("lengthTokens", request.length());
        root.put("timeLengthTokens", rows.tokens());
        root.put("timeLengthFrom", rows.ofData() ? "data" : "data.maxTokens");
        parts(root.putObject("plan"), plan);
        ObjectNode others = root.putObject("firstOrder");
        for (FirstOrderMemory.Optimiser optimiser : FirstOrderMemory.Optimiser.values()) {
            parts(others.putObject(optimiser.label()), FirstOrderMemory.of(request, optimiser));
        }
        ArrayNode devices = root.putArray("devices");
        for (PhonePlan phone : fits) {
            DeviceFit fit = phone.fit();
            ObjectNode device =
                    devices.addObject()
                            .put("id", fit.device())
                            .put("name", fit.name())
                            .put("budgetBytes", fit.budgetBytes())
                            .put("verdict", fit.verdict().word())
                            .put("largestBatchRows", fit.largestBatchRows());
            phone.time().ifPresent(time -> time(device, time));
        }
        ArrayNode what = root.putArray("remedies");
        for (Remedy remedy : remedies) {
            ObjectNode node = what.addObject();
            node.put("what", remedy.what()).put("totalBytes", remedy.totalBytes());
            ObjectNode changes = node.putObject("set");
            new TreeMap<>(remedy.changes()).forEach(changes::put);
        }
        return root.toString();
    }

    private static void time(ObjectNode node, TimePlan time) {
        node.put("stepMillis", time.stepMillis())
                .put("minutesFor100Steps", minutes(time))
                .put("batteryPercentFor100Steps", time.batteryPercent())
                .put("celsiusAfter100Steps", time.celsius())
                .put("clockFractionAfter100Steps", time.clockFraction());
    }

    private static double minutes(TimePlan time) {
        return time.total().toMillis() / 60_000.0;
    }

    private static void parts(ObjectNode node, RunPlan plan) {
        node.put("totalBytes", plan.totalBytes());
        ObjectNode parts = node.putObject("parts");
        plan.parts().forEach(part -> parts.put(part.name(), part.bytes()));
    }

    private static String megabytes(long bytes) {
        return format("%,d MB", Math.round(bytes / 1e6));
    }

    private static String format(String text, Object... values) {
        return String.format(Locale.ROOT, text.replace("%n", "\n"), values);
    }
}
