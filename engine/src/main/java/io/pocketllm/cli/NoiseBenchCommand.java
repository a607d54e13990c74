package io.pocketllm.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.pocketllm.run.ExitCode;
import io.pocketllm.zo.NoiseBenchmark;
import io.pocketllm.zo.NoiseBenchmark.Rate;
import io.pocketllm.zo.NoiseBenchmark.Rates;
import java.io.IOException;
import java.io.PrintWriter;
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

/** How fast parameters are perturbed, beside what the memory allows. */
@Command(
        name = "noise",
        mixinStandardHelpOptions = true,
        description = {
            "Perturbs a large fp32 array in place and prints medians over repeated passes:",
            "normal numbers, signs, a plain scaling of the same array, and a loop over",
            "java.util.SplittableRandom.nextGaussian on one thread."
        })
final class NoiseBenchCommand implements Callable<Integer> {

    private static final long MAX_ELEMENTS = 1L << 31;

    /** Each fp32 number is read once and written once. */
    private static final int BYTES_PER_NUMBER = 2 * Float.BYTES;

    private static final int MAX_THREADS = 256;

    @Spec private CommandSpec spec;

    @Option(
            names = "--elements",
            paramLabel = "N",
            defaultValue = "67108864",
            description = "Numbers of the array; default ${DEFAULT-VALUE}, 256 MiB.")
    private long elements;

    @Option(
            names = "--threads",
            paramLabel = "T",
            defaultValue = "2",
            description = "Measures 1 to T threads; default ${DEFAULT-VALUE}.")
    private int threads;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "9",
            description = "Passes of each kind; default ${DEFAULT-VALUE}.")
    private int rounds;

    @Option(names = "--json", description = "Prints one JSON object instead of a table.")
    private boolean json;

    @Override
    public Integer call() throws IOException, InterruptedException {
        require("--elements", elements, MAX_ELEMENTS);
        require("--threads", threads, MAX_THREADS);
        require("--rounds", rounds, 10_000);
        if (VectorJvm.isNeeded()) {
            List<String> arguments = new ArrayList<>(List.of("bench", "noise"));
            arguments.addAll(List.of("--elements", "" + elements, "--threads", "" + threads));
            arguments.addAll(List.of("--rounds", "" + rounds));
            if (json) {
                arguments.add("--json");
            }
            return VectorJvm.run(
                    arguments, spec.commandLine().getOut(), spec.commandLine().getErr());
        }
        NoiseBenchmark.Result result = NoiseBenchmark.run(elements, threads, rounds);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(new ObjectMapper().writeValueAsString(asMap(result)));
        } else {
            print(result, out);
        }
        out.flush();
        return ExitCode.DONE.code();
    }

    private void require(String option, long value, long most) {
        if (value < 1 || value > most) {
            throw new ParameterException(
                    spec.commandLine(),
                    option + " " + value + ": expected a whole number from 1 to " + most);
        }
    }

    private static void print(NoiseBenchmark.Result result, PrintWriter out) {
        out.printf(
                Locale.ROOT,
                "Kernel %s; %,d numbers (%,d MB); medians of %d passes%n",
                result.kernel(),
                result.elements(),
                result.elements() * Float.BYTES / 1_000_000,
                result.rounds());
        out.printf("%-36s %12s %8s %12s%n", "", "G numbers/s", "GB/s", "best round");
        for (Rates rates : result.rates()) {
            String on = rates.threads() == 1 ? "1 thread" : rates.threads() + " threads";
            row(out, "theta += a * normal, " + on, rates.normal());
            row(out, "theta += a * sign, " + on, rates.signs());
            row(out, "theta *= keep, " + on, rates.scale());
        }
        row(out, "SplittableRandom.nextGaussian loop", result.splittableRandom());
        for (Rates rates : result.rates()) {
            out.printf(
                    Locale.ROOT,
                    "On %d: normal is %.1f x the SplittableRandom loop and %.0f %% of the plain"
                            + " scaling; signs are %.0f %% of it%n",
                    rates.threads(),
                    ratio(rates.normal(), result.splittableRandom()),
                    100 * ratio(rates.normal(), rates.scale()),
                    100 * ratio(rates.signs(), rates.scale()));
        }
    }

    private static void row(PrintWriter out, String what, Rate rate) {
        out.printf(
                Locale.ROOT,
                "%-36s %12.3f %8.1f %12.3f%n",
                what,
                rate.median() / 1e9,
                BYTES_PER_NUMBER * rate.median() / 1e9,
                rate.best() / 1e9);
    }

    private static double ratio(Rate a, Rate b) {
        return a.median() / b.median();
    }

    private static Map<String, Object> asMap(NoiseBenchmark.Result result) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("kernel", result.kernel());
        map.put("elements", result.elements());
        map.put("rounds", result.rounds());
        put(map, "splittableRandom", result.splittableRandom());
        List<Map<String, Object>> all = new ArrayList<>();
        for (Rates rates : result.rates()) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("threads", rates.threads());
            put(one, "normal", rates.normal());
            put(one, "sign", rates.signs());
            put(one, "scale", rates.scale());
            one.put("scaleBytesPerSecond", BYTES_PER_NUMBER * rates.scale().median());
            one.put("signBytesPerSecond", BYTES_PER_NUMBER * rates.signs().median());
            one.put("normalOverSplittableRandom", ratio(rates.normal(), result.splittableRandom()));
            one.put("signShareOfScale", ratio(rates.signs(), rates.scale()));
            all.add(one);
        }
        map.put("rates", all);
        return map;
    }

    private static void put(Map<String, Object> map, String what, Rate rate) {
        map.put(what + "ElementsPerSecond", rate.median());
        map.put(what + "BestElementsPerSecond", rate.best());
    }
}
