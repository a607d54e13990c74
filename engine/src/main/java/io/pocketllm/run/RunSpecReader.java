package io.pocketllm.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pocketllm.zo.LearningRateSchedule;
import io.pocketllm.zo.MethodSpec;

/**
 * Turns the JSON of a run file into a {@link RunSpec}; refuses by key what is unknown, of the wrong
 * type or impossible.
 */
final class RunSpecReader {

    private RunSpecReader() {}

    static RunSpec read(String source, ObjectNode json) throws RunFileException {
        StrictObject root = new StrictObject(source, "", json);
        int version = root.integer("version", null, 1, 1);
        String name = root.text("name", "Untitled run");

        StrictObject modelJson = root.object("model");
        RunSpec.Model model = new RunSpec.Model(modelJson.text("path", null));
        modelJson.done();

        long seed = root.longInteger("seed", 0L, Long.MIN_VALUE, Long.MAX_VALUE);
        StrictObject dataJson = root.object("data");
        RunSpec.Objective objective =
                ObjectiveSpecReader.read(root.object("objective"), DataSpecReader.ownTexts(json));
        RunSpec.Data data = DataSpecReader.read(dataJson, objective, seed);
        MethodSpec method = MethodSpecReader.read(root.object("method"));

        StrictObject t = root.object("training");
        RunSpec.Training training =
                new RunSpec.Training(
                        t.integer("steps", null, 1, 100_000_000),
                        t.integer("batchSize", 16, 1, 4096),
                        t.integer("evaluateEvery", 50, 1, 100_000_000),
                        t.bool("reference", false),
                        t.has("noiseThreads") ? t.integer("noiseThreads", null, 1, 256) : null,
                        t.constant(
                                "schedule",
                                LearningRateSchedule.CONSTANT,
                                LearningRateSchedule.values(),
                                LearningRateSchedule::key),
                        t.bool("lengthBucketing", false));
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

        root.done();
        return new RunSpec(version, name, model, data, objective, method, training, device, seed);
    }
}
