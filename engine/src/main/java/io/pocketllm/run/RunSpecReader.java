package io.pocketllm.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pocketllm.forward.MemoryProfile;
import io.pocketllm.model.BaseFormat;
import io.pocketllm.model.BaseSpec;
import io.pocketllm.zo.LearningRateSchedule;
import io.pocketllm.zo.MethodSpec;
import io.pocketllm.zo.MethodSpec.Space;

/**
 * Turns the JSON of a run file into a {@link RunSpec}; refuses by key what is unknown, of the wrong
 * type or impossible.
 */
final class RunSpecReader {

    /** Formats that a run file may ask for. */
    private static final BaseFormat[] BASES = {
        BaseFormat.AS_STORED,
        BaseFormat.FP32,
        BaseFormat.FP16,
        BaseFormat.INT8,
        BaseFormat.INT8_BLOCK,
        BaseFormat.INT4
    };

    private RunSpecReader() {}

    static RunSpec read(String source, ObjectNode json) throws RunFileException {
        StrictObject root = new StrictObject(source, "", json);
        int version = root.integer("version", null, 1, 1);
        String name = root.text("name", "Untitled run");

        StrictObject modelJson = root.object("model");
        RunSpec.Model model = new RunSpec.Model(modelJson.text("path", null), base(modelJson));
        modelJson.done();

        long seed = root.longInteger("seed", 0L, Long.MIN_VALUE, Long.MAX_VALUE);
        StrictObject dataJson = root.object("data");
        RunSpec.Objective objective =
                ObjectiveSpecReader.read(root.object("objective"), DataSpecReader.ownTexts(json));
        RunSpec.Data data = DataSpecReader.read(dataJson, objective, seed);
        StrictObject methodJson = root.object("method");
        MethodSpec method = MethodSpecReader.read(methodJson);
        requireTogether(methodJson, method, model.base().format());

        StrictObject t = root.object("training");
        int batchSize = t.integer("batchSize", 16, 1, 4096);
        RunSpec.Training training =
                new RunSpec.Training(
                        t.integer("steps", null, 1, 100_000_000),
                        batchSize,
                        t.integer("evaluateEvery", 50, 1, 100_000_000),
                        t.bool("reference", false),
                        t.has("noiseThreads") ? t.integer("noiseThreads", null, 1, 256) : null,
                        t.constant(
                                "schedule",
                                LearningRateSchedule.CONSTANT,
                                LearningRateSchedule.values(),
                                LearningRateSchedule::key),
                        t.bool("lengthBucketing", false),
                        t.constant(
                                "memoryProfile",
                                MemoryProfile.BALANCED,
                                MemoryProfile.values(),
                                MemoryProfile::label),
                        t.has("microBatch") ? t.integer("microBatch", null, 1, batchSize) : null);
        t.done();

        RunSpec.Device device = DeviceSpecReader.read(root.optionalObject("device"));

        root.done();
        return new RunSpec(version, name, model, data, objective, method, training, device, seed);
    }

    private static BaseSpec base(StrictObject m) throws RunFileException {
        BaseFormat format = m.constant("base", BaseFormat.AS_STORED, BASES, BaseFormat::label);
        int blockSize = m.integer("blockSize", BaseSpec.DEFAULT_BLOCK_SIZE, 32, 128);
        if (Integer.bitCount(blockSize) != 1) {
            throw m.problem("blockSize", "is " + blockSize, "Use 32, 64 or 128.");
        }
        return new BaseSpec(format, blockSize);
    }

    /** Whether what moves is there in this format. */
    private static void requireTogether(StrictObject json, MethodSpec method, BaseFormat base)
            throws RunFileException {
        Space space = method.space();
        if (space == Space.FULL && base == BaseFormat.FP16 && !method.movesHalves()) {
            throw json.problem(
                    "update",
                    "\""
                            + method.update().key()
                            + "\" needs what moves in fp32, and the base \"fp16\" keeps it in half"
                            + " precision",
                    "Set model.base to \"fp32\" or \"stored\", or use the update \"sgd\".");
        }
        if (space == Space.FULL && base.isQuantised()) {
            throw json.problem(
                    "space",
                    "\"full\" moves every weight, and the base \""
                            + base.label()
                            + "\" rounds most of them to whole numbers, which no small step changes",
                    "Use \"lora\", \"lora-b\", \"prefix\", \"bitfit\" or \"head\", over blocks also"
                            + " \"scales\"; or set model.base to \"stored\".");
        }
        if (space == Space.SCALES && !base.isBlockwise()) {
            throw json.problem(
                    "space",
                    "\"scales\" moves scales of blocks, which the base \""
                            + base.label()
                            + "\" has not",
                    "Set model.base to \"int8-block\" or \"int4\".");
        }
    }
}
