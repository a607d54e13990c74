package io.pocketllm.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pocketllm.model.ModelException;
import io.pocketllm.plan.MemoryPart;
import io.pocketllm.plan.RunPlan;
import io.pocketllm.run.ExitCode;
import io.pocketllm.run.Folders;
import io.pocketllm.run.StepBenchmark;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A fresh worker's peak resident set beside what the plan says. */
@Command(
        name = "memory",
        mixinStandardHelpOptions = true,
        description = {
            "Takes two steps of a method in a fresh process, on a model of a published shape with",
            "random weights, and prints its peak resident set beside the plan's prediction."
        })
final class MemoryBenchCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Mixin private BenchOptions options;

    @Option(names = "--json", description = "Prints one JSON object.")
    private boolean json;

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        StepBenchmark.Request request = options.request(0);
        Path cache = Folders.ofUser().cache();
        try {
            Path folder = StepBenchmark.checkpoint(cache, request.shape(), request.stored());
            if (!VectorJvm.isChild()) {
                StepBenchmark.convert(request, folder, cache);
                List<String> arguments = new ArrayList<>(List.of("bench", "memory"));
                arguments.addAll(options.arguments());
                if (json) {
                    arguments.add("--json");
                }
                return VectorJvm.run(StepBenchCommand.HEAP, arguments, out, err);
            }
            StepBenchmark.Result measured = StepBenchmark.run(request, folder, cache);
            RunPlan plan = RunPlan.of(StepBenchmark.plan(request, folder));
            out.println(json ? json(plan, measured) : text(plan, measured));
            out.flush();
            return ExitCode.DONE.code();
        } catch (ModelException e) {
            err.println("pocketllm: " + e.getMessage());
            err.println("  " + e.hint());
            return ExitCode.BAD_INPUT.code();
        }
    }

    private static String text(RunPlan plan, StepBenchmark.Result measured) {
        StepBenchmark.Request q = measured.request();
        StringBuilder text = new StringBuilder();
        text.append(
                String.format(
                        Locale.ROOT,
                        "%s, base %s, %s, batch %d x %d, profile %s\n",
                        q.shape(),
                        BenchOptions.base(q),
                        q.method().describe(),
                        q.rows(),
                        q.length(),
                        q.how().memory().label()));
        for (MemoryPart part : plan.parts()) {
            line(text, "  " + part.name(), part.bytes());
        }
        line(text, "planned", plan.totalBytes());
        line(text, "measured", peak(measured));
        line(text, "  while loading", measured.loadRssBytes());
        line(text, "  while training", measured.peakRssBytes());
        text.append(
                String.format(
                        Locale.ROOT,
                        "%-22s %+10.1f %%",
                        "difference",
                        percent(plan, peak(measured))));
        return text.toString();
    }

    private static long peak(StepBenchmark.Result measured) {
        return Math.max(measured.loadRssBytes(), measured.peakRssBytes());
    }

    private static void line(StringBuilder text, String name, long bytes) {
        text.append(String.format(Locale.ROOT, "%-22s %,10d MB\n", name, Math.round(bytes / 1e6)));
    }

    private static double percent(RunPlan plan, long measured) {
        return measured == 0 ? Double.NaN : 100.0 * (plan.totalBytes() - measured) / measured;
    }

    private static String json(RunPlan plan, StepBenchmark.Result measured) {
        StepBenchmark.Request q = measured.request();
        ObjectNode root = new JsonMapper().createObjectNode();
        root.put("shape", q.shape());
        root.put("base", BenchOptions.base(q));
        root.put("description", q.method().describe());
        root.put("batchRows", q.rows());
        root.put("sequenceTokens", q.length());
        root.put("memoryProfile", q.how().memory().label());
        root.put("microBatch", q.how().microBatch());
        root.put("peakRssBytes", peak(measured));
        root.put("loadPeakRssBytes", measured.loadRssBytes());
        root.put("trainingPeakRssBytes", measured.peakRssBytes());
        root.put("plannedBytes", plan.totalBytes());
        ObjectNode parts = root.putObject("parts");
        plan.parts().forEach(part -> parts.put(part.name(), part.bytes()));
        return root.toString();
    }
}
