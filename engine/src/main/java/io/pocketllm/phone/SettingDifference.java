package io.pocketllm.phone;

import io.pocketllm.run.RunFile;
import io.pocketllm.run.RunSpec;
import io.pocketllm.zo.MethodSetting;
import io.pocketllm.zo.MethodSpec;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A setting that is not the same in two run files.
 *
 * @param key its dotted path
 * @param real its value in the run on the phone; empty where it is left out
 * @param simulated the same of the simulated run
 * @param changesWork whether a step does other work because of it, so that step times cannot be
 *     compared
 */
public record SettingDifference(String key, String real, String simulated, boolean changesWork) {

    /** Where the two runs are: what the comparison is about, and no difference. */
    private static final Set<String> WHERE =
            Set.of(
                    "name",
                    "device.profile",
                    "device.simulate",
                    "device.realTime",
                    "device.trainWhen");

    /** Settings of parts that matter which do not themselves. */
    private static final Set<String> NO_WORK =
            Set.of(
                    "training.steps",
                    "training.evaluateEvery",
                    "training.schedule",
                    "training.reference",
                    "training.noiseThreads",
                    "method.preset",
                    "method.learningRate",
                    "method.perturbationScale");

    private static final String METHOD = "method";

    /**
     * What is different, in the order of the files; a default and its value written out are one.
     */
    static List<SettingDifference> between(RunFile real, RunFile simulated) {
        Map<String, String> ours = real.values();
        Map<String, String> theirs = simulated.values();
        Set<String> keys = new LinkedHashSet<>(ours.keySet());
        keys.addAll(theirs.keySet());
        List<SettingDifference> differences = new ArrayList<>();
        for (String key : keys) {
            String here = ours.getOrDefault(key, "");
            String there = theirs.getOrDefault(key, "");
            String part = key.contains(".") ? key.substring(0, key.indexOf('.')) : key;
            if (!here.equals(there)
                    && !WHERE.contains(key)
                    && !part(real.spec(), part).equals(part(simulated.spec(), part))) {
                boolean work =
                        !NO_WORK.contains(key)
                                && !work(real.spec(), part).equals(work(simulated.spec(), part));
                differences.add(new SettingDifference(key, here, there, work));
            }
        }
        return List.copyOf(differences);
    }

    /** Whether a step of both does the same work. */
    static boolean isSameWork(RunFile real, RunFile simulated) {
        return between(real, simulated).stream().noneMatch(SettingDifference::changesWork);
    }

    private static Object part(RunSpec spec, String part) {
        return switch (part) {
            case "model" -> spec.model();
            case "data" -> spec.data();
            case "objective" -> spec.objective();
            case METHOD -> spec.method();
            case "training" -> spec.training();
            case "device" -> spec.device();
            case "seed" -> spec.seed();
            default -> "";
        };
    }

    /** Of a part of the run file, what decides how much a step has to do. */
    private static Object work(RunSpec spec, String part) {
        return switch (part) {
            case METHOD -> work(spec.method());
            case "training" -> {
                RunSpec.Training t = spec.training();
                yield List.of(
                        t.batchSize(),
                        t.lengthBucketing(),
                        t.memoryProfile(),
                        t.microBatch() == null ? 0 : t.microBatch());
            }
            // Threads and the load beside it change the time, not the work: told elsewhere.
            case "device", "seed" -> "";
            default -> part(spec, part);
        };
    }

    private static List<Object> work(MethodSpec method) {
        Map<MethodSetting, Double> values = new EnumMap<>(MethodSetting.class);
        values.putAll(method.values());
        values.remove(MethodSetting.LEARNING_RATE);
        values.remove(MethodSetting.PERTURBATION_SCALE);
        return List.of(
                method.space(),
                method.direction(),
                method.estimator(),
                method.update(),
                method.branches(),
                values);
    }
}
