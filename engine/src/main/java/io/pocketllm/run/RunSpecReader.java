package io.pocketllm.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pocketllm.zo.LearningRateSchedule;
import io.pocketllm.zo.MethodSpec;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Turns the JSON of a run file into a {@link RunSpec}; refuses by key what is unknown, of the wrong
 * type or impossible.
 */
final class RunSpecReader {

    /** Fewest labels a classifier can have, and the most a run file may list. */
    private static final int MIN_LABELS = 2;

    private static final int MAX_LABELS = 1000;

    private RunSpecReader() {}

    static RunSpec read(String source, ObjectNode json) throws RunFileException {
        StrictObject root = new StrictObject(source, "", json);
        int version = root.integer("version", null, 1, 1);
        String name = root.text("name", "Untitled run");

        StrictObject modelJson = root.object("model");
        RunSpec.Model model = new RunSpec.Model(modelJson.text("path", null));
        modelJson.done();

        StrictObject dataJson = root.object("data");
        RunSpec.Data data =
                new RunSpec.Data(
                        dataJson.text("path", null),
                        dataJson.integer("maxTokens", 64, 4, 8192),
                        dataJson.number("tokenDropout", 0.0, 0, 0.9));
        dataJson.done();

        RunSpec.Objective objective = objective(root.object("objective"));
        MethodSpec method = MethodSpecReader.read(root.object("method"));

        StrictObject t = root.object("training");
        RunSpec.Training training =
                new RunSpec.Training(
                        t.integer("steps", null, 1, 100_000_000),
                        t.integer("batchSize", 16, 1, 4096),
                        t.integer("evaluateEvery", 50, 1, 100_000_000),
                        t.bool("reference", false),
                        t.integer("noiseThreads", 1, 1, 256),
                        t.constant(
                                "schedule",
                                LearningRateSchedule.CONSTANT,
                                LearningRateSchedule.values(),
                                LearningRateSchedule::key));
        t.done();

        StrictObject d = root.optionalObject("device");
        RunSpec.Device device =
                new RunSpec.Device(
                        d.text("profile", "none"),
                        d.has("budgetBytes")
                                ? d.longInteger("budgetBytes", null, 1 << 20, 1L << 50)
                                : null,
                        d.has("threads") ? d.integer("threads", null, 1, 256) : null);
        d.done();

        long seed = root.longInteger("seed", 0L, Long.MIN_VALUE, Long.MAX_VALUE);
        root.done();
        return new RunSpec(version, name, model, data, objective, method, training, device, seed);
    }

    private static RunSpec.Objective objective(StrictObject o) throws RunFileException {
        String kind = o.choice("kind", "class-head", "class-head");
        StrictObject labelsJson = o.object("labels");
        Map<String, String> labels = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : labelsJson.node().properties()) {
            labels.put(entry.getKey(), labelsJson.text(entry.getKey(), null));
        }
        if (labels.size() < MIN_LABELS || labels.size() > MAX_LABELS) {
            throw o.problem(
                    "labels",
                    "lists " + labels.size() + " labels",
                    "List 2 to 1000, each with a description: { \"ignore\": \"an advertisement nobody asked for\" }");
        }
        double scale = o.number("logitScale", 10.0, 1e-3, 1e4);
        o.done();
        return new RunSpec.Objective(kind, Collections.unmodifiableMap(labels), scale);
    }
}
