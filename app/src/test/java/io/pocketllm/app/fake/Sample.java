package io.pocketllm.app.fake;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.pocketllm.app.setup.RunSource;
import io.pocketllm.device.DeviceProfile;
import io.pocketllm.device.DeviceProfile.CoreCluster;
import io.pocketllm.device.MachineRates;
import io.pocketllm.device.OperationKind;
import io.pocketllm.device.RateFactors;
import io.pocketllm.model.ModelException;
import io.pocketllm.model.ModelInfo;
import io.pocketllm.plan.RowLength;
import io.pocketllm.run.Event;
import io.pocketllm.run.ModelSummary;
import io.pocketllm.run.RunFile;
import io.pocketllm.run.RunFileException;
import io.pocketllm.run.RunPreview;
import io.pocketllm.tensor.DType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Made-up runs, phones and events for tests that need no engine. */
public final class Sample {

    /** A megabyte. */
    public static final long MB = 1_000_000;

    /** A small run file. */
    public static final String JSON =
            """
            {
              "version": 1,
              "name": "inbox-nurse",
              "model": {"path": "builtin:minilm"},
              "data": {"path": "builtin:inbox-nurse"},
              "objective": {"labels": {"reply now": "urgent", "read later": "can wait", "ignore": "an advertisement"}},
              "method": {"space": "lora", "learningRate": 0.002, "perturbationScale": 0.01, "loraRank": 8},
              "training": {"steps": 600, "batchSize": 16, "evaluateEvery": 50, "reference": true},
              "device": {"profile": "oppo-reno6-5g"},
              "seed": 7
            }
            """;

    private Sample() {}

    /** The run of {@link #JSON}. */
    public static RunFile file() {
        try {
            return RunFile.parse("sample:inbox-nurse", Path.of("").toAbsolutePath(), JSON);
        } catch (RunFileException e) {
            throw new AssertionError(e);
        }
    }

    /** A phone with 8 GB. */
    public static DeviceProfile phone() {
        return phone("oppo-reno6-5g", "OPPO Reno6 5G", 8, 3789 * MB);
    }

    /** A phone with a made-up chip. */
    public static DeviceProfile phone(String id, String name, int gigabytes, long budgetBytes) {
        return new DeviceProfile(
                id,
                name,
                List.of(),
                "",
                "Dimensity 900",
                gigabytes * 1024L * MB,
                gigabytes * 950L * MB,
                gigabytes * 430L * MB,
                budgetBytes,
                List.of(
                        new CoreCluster("Cortex-A78", 2, 2_400_000_000L, 16, false, 1.2),
                        new CoreCluster("Cortex-A55", 6, 2_000_000_000L, 8, true, 0.4)),
                "LPDDR4X",
                17_100_000_000L,
                950_000_000L,
                4300,
                3.87,
                0.4,
                50,
                new DeviceProfile.Thermal(0.24, 58, 45, List.of()),
                DeviceProfile.ProcessKind.APP,
                1,
                Map.of());
    }

    /** Three phones, small to large. */
    public static List<DeviceProfile> phones() {
        return List.of(
                phone(),
                phone("redmi-12c", "Redmi 12C", 4, 1434 * MB),
                phone("pixel-9", "Google Pixel 9", 12, 6000 * MB));
    }

    /** Keeps made-up measurements of this computer, for any number of threads. */
    public static void keepMeasurements(Path cache) throws IOException {
        int cores = Runtime.getRuntime().availableProcessors();
        RateFactors slow = new RateFactors(Map.of(OperationKind.MATMUL, 0.2), Map.of(), Map.of());
        String saved =
                new ObjectMapper()
                        .writeValueAsString(
                                Map.of(
                                        "version",
                                        2,
                                        "cores",
                                        cores,
                                        "rates",
                                        new MachineRates(5e10, 1e10, 1e-5, slow)));
        for (int threads = 1; threads <= cores; threads++) {
            Files.writeString(cache.resolve("host-probe-" + threads + "-threads.json"), saved);
        }
    }

    /** Run files and previews out of nothing. */
    public static RunSource source() {
        return source(phones());
    }

    /**
     * Run files and previews out of nothing.
     *
     * @param phones those that a preview finds
     */
    public static RunSource source(List<DeviceProfile> phones) {
        return new RunSource() {
            @Override
            public List<String> samples() {
                return List.of("inbox-nurse", "inbox-mechanic");
            }

            @Override
            public RunFile open(String pathOrSample) throws RunFileException {
                if (pathOrSample.startsWith("sample:")) {
                    String name = pathOrSample.substring(7);
                    return RunFile.parse(
                            pathOrSample,
                            Path.of("").toAbsolutePath(),
                            JSON.replace("inbox-nurse", name));
                }
                return RunFile.read(Path.of(pathOrSample));
            }

            @Override
            public RunPreview preview(RunFile file) throws RunFileException {
                return Sample.preview(file, phones);
            }

            @Override
            public Optional<RowLength> rowLength(RunFile file) {
                return Optional.of(new RowLength(28.4, true));
            }

            @Override
            public ModelSummary model(String pathOrBuiltin) throws ModelException {
                if (pathOrBuiltin.contains("broken")) {
                    throw new ModelException(
                            pathOrBuiltin + ": has no tokenizer.json", "Download it too.");
                }
                return summary(pathOrBuiltin);
            }
        };
    }

    /** What a look into a model would find. */
    public static ModelSummary summary(String path) {
        Map<String, Long> parts = new LinkedHashMap<>();
        parts.put("embeddings", 11_900_000L);
        parts.put("attention", 3_500_000L);
        parts.put("feed-forward", 7_100_000L);
        parts.put("norms", 10_000L);
        return new ModelSummary(
                path.substring(path.lastIndexOf('/') + 1).replace("builtin:", ""),
                path,
                new ModelInfo(
                        "bert",
                        ModelInfo.Kind.ENCODER,
                        6,
                        384,
                        384,
                        12,
                        12,
                        32,
                        1536,
                        30_522,
                        512,
                        DType.F32,
                        22_510_000,
                        List.of(List.of("cls.decoder.weight", "embeddings.word.weight")),
                        parts,
                        true,
                        true,
                        true,
                        true),
                90 * MB,
                List.of("class-head", "label-word"));
    }

    /** What a lookup would find. */
    public static RunPreview preview(RunFile file) {
        return preview(file, phones());
    }

    private static RunPreview preview(RunFile file, List<DeviceProfile> phones) {
        DeviceProfile phone =
                phones.stream()
                        .filter(p -> p.id().equals(file.spec().device().profile()))
                        .findFirst()
                        .orElse(null);
        Long typed = file.spec().device().budgetBytes();
        return new RunPreview(
                "all-MiniLM-L6-v2",
                "BERT encoder, 6 layers, 22.7 M parameters, fp32",
                22_700_000,
                "Inbox of a night nurse",
                420,
                90,
                90,
                List.of("reply now", "read later", "ignore"),
                phone,
                typed != null ? typed : phone == null ? 0 : phone.budgetBytes(),
                2);
    }

    /** The run has begun. */
    public static Event.Started started(long budgetBytes, int steps) {
        return new Event.Started(
                1200,
                "2026-01-01T12:00:00+00:00",
                "inbox-nurse",
                "all-MiniLM-L6-v2",
                "BERT encoder, 6 layers",
                22_700_000,
                148_000,
                "Inbox of a night nurse",
                List.of("reply now", "read later", "ignore"),
                420,
                90,
                "LoRA (q, v), rank 8, Gaussian, SGD",
                steps,
                1,
                "OPPO Reno6 5G",
                budgetBytes,
                2);
    }

    /** The same as a run says it that has a phone's clock and is held to its memory. */
    public static Event.Started limited(
            long budgetBytes, int steps, String limit, String calibration) {
        Event.Started plain = started(budgetBytes, steps);
        return new Event.Started(
                plain.elapsedMillis(),
                plain.time(),
                plain.runName(),
                plain.modelName(),
                plain.modelDescription(),
                plain.parameters(),
                plain.trainableParameters(),
                plain.dataName(),
                plain.labels(),
                plain.trainExamples(),
                plain.heldOutExamples(),
                plain.method(),
                plain.steps(),
                plain.firstStep(),
                plain.deviceName(),
                plain.budgetBytes(),
                plain.threads(),
                budgetBytes,
                limit,
                2,
                calibration);
    }

    /** A step with a loss, 0.2 s a step. */
    public static Event.Step step(int step, double loss) {
        return new Event.Step(
                2000 + 200L * step,
                step,
                loss + 0.01,
                loss - 0.01,
                2.0,
                0.002,
                200,
                880.0,
                700,
                60 * MB);
    }

    /** The phone after a step: it warms up, throttles from step 200 on and draws on its battery. */
    public static Event.Phone phone(int step, String pausedBy) {
        return new Event.Phone(
                2000 + 200L * step,
                step,
                880.0 * step,
                25 + 15 * (1 - Math.exp(-step / 150.0)),
                step < 200 ? 1.0 : 0.85,
                step < 200 ? 0 : 1,
                100 - step / 100.0,
                3.2 * step,
                false,
                pausedBy,
                null,
                null);
    }

    /** What a real phone tells after a step: no clock, no energy. */
    public static Event.Phone realPhone(int step, Double celsius) {
        return new Event.Phone(
                2000 + 200L * step,
                step,
                2000 + 200.0 * step,
                celsius,
                null,
                null,
                71.0,
                null,
                true,
                null,
                1,
                null);
    }

    /** Held-out figures. */
    public static Event.Evaluated evaluated(int step, double loss, double accuracy) {
        return new Event.Evaluated(2000 + 200L * step, step, "validation", loss, accuracy, 90);
    }

    /** A memory reading. */
    public static Event.Memory memory(long millis, long megabytes, long budgetMegabytes) {
        return new Event.Memory(millis, megabytes * MB, 60 * MB, budgetMegabytes * MB);
    }
}
