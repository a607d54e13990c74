package io.pocketllm.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.pocketllm.model.ModelException;
import io.pocketllm.model.architecture.ShapeCatalogue;
import io.pocketllm.run.ExitCode;
import io.pocketllm.run.Folders;
import io.pocketllm.run.StepBenchmark;
import io.pocketllm.tensor.DType;
import io.pocketllm.zo.MethodCatalogue;
import io.pocketllm.zo.MethodPreset;
import io.pocketllm.zo.MethodSetting;
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
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
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
    private static final List<String> HEAP = List.of("-Xmx256m", "-Xms16m");

    @Spec private CommandSpec spec;

    @Option(
            names = "--shape",
            required = true,
            paramLabel = "NAME",
            description = "Such as roberta-large, opt-1.3b.")
    private String shape;

    @Option(
            names = "--base",
            paramLabel = "FORMAT",
            defaultValue = "fp32",
            description = "fp32, fp16 or bf16; default ${DEFAULT-VALUE}.")
    private String base;

    @Option(
            names = "--method",
            paramLabel = "ID",
            defaultValue = "mezo",
            description = "A method of the catalogue; default ${DEFAULT-VALUE}.")
    private String method;

    @Option(
            names = "--direction",
            paramLabel = "WORD",
            description = "gaussian or rademacher; default the method's.")
    private String direction;

    @Option(names = "--directions", paramLabel = "N", description = "Directions a step; default 1.")
    private int directions = 1;

    @Option(
            names = "--batch",
            paramLabel = "B",
            defaultValue = "8",
            description = "Texts a batch; default ${DEFAULT-VALUE}.")
    private int batch;

    @Option(
            names = "--seq",
            paramLabel = "S",
            defaultValue = "64",
            description = "Tokens a text; default ${DEFAULT-VALUE}.")
    private int sequence;

    @Option(
            names = "--threads",
            paramLabel = "T",
            defaultValue = "2",
            description = "Threads; default ${DEFAULT-VALUE}.")
    private int threads;

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
        StepBenchmark.Request request =
                new StepBenchmark.Request(
                        word("--shape", shape, ShapeCatalogue.names()),
                        dtype(),
                        method(),
                        within("--batch", batch, 4096),
                        within("--seq", sequence, 8192),
                        within("--threads", threads, 256),
                        within("--rounds", rounds, 10_000));
        Path cache = Folders.ofUser().cache();
        try {
            if (!VectorJvm.isChild()) {
                // The writing of the checkpoint must not count as the step's memory.
                StepBenchmark.checkpoint(cache, shape, request.base());
                return VectorJvm.run(HEAP, arguments(), out, err);
            }
            Path folder = StepBenchmark.checkpoint(cache, shape, request.base());
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
        arguments.addAll(List.of("--shape", shape, "--base", base, "--method", method));
        arguments.addAll(List.of("--directions", "" + directions, "--batch", "" + batch));
        arguments.addAll(List.of("--seq", "" + sequence, "--threads", "" + threads));
        arguments.addAll(List.of("--rounds", "" + rounds));
        if (direction != null) {
            arguments.addAll(List.of("--direction", direction));
        }
        if (json) {
            arguments.add("--json");
        }
        return arguments;
    }

    private String word(String option, String value, List<String> allowed) {
        if (!allowed.contains(value)) {
            throw new ParameterException(
                    spec.commandLine(),
                    option + " " + value + ": expected one of " + String.join(", ", allowed));
        }
        return value;
    }

    private int within(String option, int value, int most) {
        if (value < 1 || value > most) {
            throw new ParameterException(
                    spec.commandLine(),
                    option + " " + value + ": expected a whole number from 1 to " + most);
        }
        return value;
    }

    private DType dtype() {
        return switch (word("--base", base, List.of("fp32", "fp16", "bf16"))) {
            case "fp16" -> DType.F16;
            case "bf16" -> DType.BF16;
            default -> DType.F32;
        };
    }

    private MethodSpec method() {
        MethodPreset preset =
                MethodCatalogue.find(
                                word(
                                        "--method",
                                        method,
                                        MethodCatalogue.all().stream()
                                                .map(MethodPreset::id)
                                                .toList()))
                        .orElseThrow();
        MethodSpec chosen =
                preset.method(preset.spaces().getFirst(), 1e-7)
                        .with(MethodSetting.LEARNING_RATE, 1e-7)
                        .with(MethodSetting.DIRECTIONS, within("--directions", directions, 1024));
        if (direction == null) {
            return chosen;
        }
        boolean normal =
                word("--direction", direction, List.of("gaussian", "rademacher"))
                        .equals("gaussian");
        return chosen.with(
                normal ? MethodSpec.Direction.GAUSSIAN : MethodSpec.Direction.RADEMACHER,
                chosen.estimator(),
                chosen.update());
    }

    private static String text(StepBenchmark.Result r) {
        StepBenchmark.Request q = r.request();
        return String.format(
                Locale.ROOT,
                """
                %s (%,.1f M parameters, stored as %s), %s, batch %d x %d, %d threads
                noise kernel      %s
                numbers that move %,d
                bare forward      %,.1f ms, about %.0f GFLOP/s
                whole step        %,.1f ms, %.3f x %d bare forwards
                beside forwards   %,.1f ms a step%s
                peak memory       %,d MB while training (resident set, Java included)
                load              %,.0f ms""",
                q.shape(),
                r.parameters() / 1e6,
                q.base(),
                q.method().describe(),
                q.rows(),
                q.length(),
                q.threads(),
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

    /** Three passes over what moves where parameters walk: +ε, −2ε, restore with update. */
    private static String passes(StepBenchmark.Result r) {
        long passes = r.forwards() + 1;
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
        map.put("base", q.base().name());
        map.put("method", q.method().preset());
        map.put("description", q.method().describe());
        map.put("batchRows", q.rows());
        map.put("sequenceTokens", q.length());
        map.put("threads", q.threads());
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
