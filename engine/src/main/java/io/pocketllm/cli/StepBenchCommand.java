package io.pocketllm.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.pocketllm.model.ModelException;
import io.pocketllm.run.ExitCode;
import io.pocketllm.run.Folders;
import io.pocketllm.run.StepBenchmark;
import io.pocketllm.zo.MethodSpec;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What a whole step costs beside the forward passes in it. */
@Command(
        name = "step",
        mixinStandardHelpOptions = true,
        description = {
            "Times whole steps of a method beside the bare forward passes they are made of,",
            "in turns within one fresh process, on a model of a published shape with random",
            "weights. The checkpoint is written into the cache folder once and stays there."
        })
final class StepBenchCommand implements Callable<Integer> {

    /** A worker's heap, see run.WorkerCommand. */
    static final List<String> HEAP = List.of("-Xmx256m", "-Xms16m");

    @Spec private CommandSpec spec;

    @Mixin private BenchOptions options;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "5",
            description = "Timed steps; default ${DEFAULT-VALUE}.")
    private int rounds;

    @Option(names = "--json", description = "Prints one JSON object instead of a table.")
    private boolean json;

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        StepBenchmark.Request request = options.request(options.within("--rounds", rounds, 10_000));
        Path cache = Folders.ofUser().cache();
        try {
            Path folder = StepBenchmark.checkpoint(cache, request.shape(), request.stored());
            if (!VectorJvm.isChild()) {
                // Writing and converting the checkpoint must not count as the step's memory.
                StepBenchmark.convert(request, folder, cache);
                return VectorJvm.run(HEAP, arguments(), out, err);
            }
            StepBenchmark.Result result = StepBenchmark.run(request, folder, cache);
            out.println(json ? new ObjectMapper().writeValueAsString(map(result)) : text(result));
            out.flush();
            return ExitCode.DONE.code();
        } catch (ModelException e) {
            err.println("pocketllm: " + e.getMessage());
            err.println("  " + e.hint());
            return ExitCode.BAD_INPUT.code();
        }
    }

    private List<String> arguments() {
        List<String> arguments = new ArrayList<>(List.of("bench", "step"));
        arguments.addAll(options.arguments());
        arguments.addAll(List.of("--rounds", "" + rounds));
        if (json) {
            arguments.add("--json");
        }
        return arguments;
    }

    private static String text(StepBenchmark.Result r) {
        StepBenchmark.Request q = r.request();
        return String.format(
                Locale.ROOT,
                """
                %s (%,.1f M parameters, %s), %s, batch %d x %d, %d threads
                noise kernel      %s
                numbers that move %,d
                bare forward      %,.1f ms, about %.0f GFLOP/s
                whole step        %,.1f ms, %.3f x %d bare forwards
                beside forwards   %,.1f ms a step%s
                peak memory       %,d MB while training (resident set, Java included)
                load              %,.0f ms""",
                q.shape(),
                r.parameters() / 1e6,
                BenchOptions.base(q),
                q.method().describe(),
                q.rows(),
                q.length(),
                q.how().threads(),
                r.noiseKernel(),
                r.trainableParameters(),
                r.forwardMillis(),
                r.gigaflopsPerSecond(),
                r.stepMillis(),
                r.ratio(),
                r.forwards(),
                r.passMillis(),
                passes(r),
                Math.round(r.peakRssBytes() / 1e6),
                r.loadMillis());
    }

    /**
     * Passes over what moves where parameters walk. An update shares its pass with the next step's
     * first move where directions can be drawn again after their step, which plain noise can.
     */
    private static String passes(StepBenchmark.Result r) {
        MethodSpec method = r.request().method();
        boolean plain =
                method.direction() == MethodSpec.Direction.GAUSSIAN
                        || method.direction() == MethodSpec.Direction.RADEMACHER;
        boolean shared = plain && method.update() == MethodSpec.Update.SGD;
        long passes = r.forwards() + (shared ? 0 : 1);
        double numbers = (double) r.trainableParameters() * passes;
        return r.passMillis() <= 0 || r.request().method().inGraph()
                ? ""
                : String.format(
                        Locale.ROOT,
                        ": %d passes, %.2f G numbers/s, %.1f GB/s",
                        passes,
                        numbers / r.passMillis() / 1e6,
                        8 * numbers / r.passMillis() / 1e6);
    }

    private static Map<String, Object> map(StepBenchmark.Result r) {
        Map<String, Object> map = new LinkedHashMap<>();
        StepBenchmark.Request q = r.request();
        map.put("shape", q.shape());
        map.put("base", BenchOptions.base(q));
        map.put("memoryProfile", q.how().memory().label());
        map.put("microBatch", q.how().microBatch());
        map.put("method", q.method().preset());
        map.put("description", q.method().describe());
        map.put("batchRows", q.rows());
        map.put("sequenceTokens", q.length());
        map.put("threads", q.how().threads());
        map.put("rounds", q.rounds());
        map.put("noiseKernel", r.noiseKernel());
        map.put("parameters", r.parameters());
        map.put("trainableParameters", r.trainableParameters());
        map.put("forwards", r.forwards());
        map.put("forwardMillis", r.forwardMillis());
        map.put("forwardGigaflopsPerSecond", r.gigaflopsPerSecond());
        map.put("stepMillis", r.stepMillis());
        map.put("stepOverForwards", r.ratio());
        map.put("passMillis", r.passMillis());
        map.put("peakRssBytes", r.peakRssBytes());
        map.put("loadMillis", r.loadMillis());
        return map;
    }
}
