package io.pocketllm.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.pocketllm.device.DeviceCatalogue;
import io.pocketllm.device.OperationKind;
import io.pocketllm.device.PhoneClock;
import io.pocketllm.device.StepWork;
import io.pocketllm.forward.BaseModel;
import io.pocketllm.forward.ForwardOptions;
import io.pocketllm.forward.MemoryProfile;
import io.pocketllm.forward.MiniLm;
import io.pocketllm.model.BaseFormat;
import io.pocketllm.model.BaseSpec;
import io.pocketllm.model.ForwardGraph;
import io.pocketllm.model.LanguageModel;
import io.pocketllm.model.LoraAdapter;
import io.pocketllm.model.ModelFiles;
import io.pocketllm.model.ModelInfo;
import io.pocketllm.model.Projection;
import io.pocketllm.model.architecture.ShapeInfo;
import io.pocketllm.model.architecture.SparseCheckpoint;
import io.pocketllm.model.base.BaseWeights;
import io.pocketllm.plan.PlanRequest;
import io.pocketllm.plan.StepEstimate;
import io.pocketllm.tensor.DType;
import io.pocketllm.tensor.ParameterStore;
import io.pocketllm.tensor.Tensor;
import io.pocketllm.zo.MethodCatalogue;
import io.pocketllm.zo.MethodPreset;
import io.pocketllm.zo.MethodSpec;
import io.pocketllm.zo.MethodSpec.Space;
import io.pocketllm.zo.PassCount;
import io.pocketllm.zo.ZerothOrderOptimizer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Work reckoned from sizes alone beside what is counted in the graph that is really run. */
@Timeout(120)
class StepEstimateTest {

    private static final int ANSWER_TOKENS = 2;

    @TempDir private Path folder;

    @BeforeAll
    static void prepare() {
        MiniLm.prepare();
    }

    @ParameterizedTest(name = "{0} {1} {2} {3} {4} x {5}")
    @CsvSource({
        "bert-tiny,        AS_STORED,  mezo,      F32, 8, 64",
        "roberta-tiny,     AS_STORED,  mezo-lora, F32, 4, 32",
        "distilbert-tiny,  AS_STORED,  mezo,      F32, 8, 64",
        "opt-tiny,         AS_STORED,  mezo-lora, F32, 8, 32",
        "gpt2-tiny,        AS_STORED,  mezo,      F32, 8, 64",
        "llama-tiny,       AS_STORED,  mezo,      F32, 4, 32",
        "qwen2-tiny,       AS_STORED,  mezo-lora, F32, 8, 64",
        "mobilellm-tiny,   AS_STORED,  mezo,      F32, 8, 64",
        "roberta-base,     AS_STORED,  mezo,      F32, 8, 64",
        "roberta-base,     AS_STORED,  mezo-lora, F16, 8, 64",
        "opt-125m,         AS_STORED,  mezo,      F32, 4, 128",
        "opt-125m,         AS_STORED,  mezo-lora, F32, 4, 32",
        "gpt2,             AS_STORED,  mezo,      F32, 8, 64",
        "smollm-135m,      AS_STORED,  mezo,      F32, 8, 64",
        "mobilellm-ls-125m, AS_STORED, mezo,      F32, 2, 32",
        "roberta-tiny,     INT8,       mezo-lora, F32, 8, 64",
        "llama-tiny,       INT8_BLOCK, mezo-lora, F32, 8, 64",
        "opt-tiny,         INT4,       mezo-lora, F32, 8, 64",
        "roberta-tiny,     INT4,       qzo,       F32, 8, 64",
    })
    void aForwardPassIsWithinATenthOfItsCount(
            String shape, BaseFormat format, String preset, DType stored, int rows, int length)
            throws Exception {
        PlanRequest request = request(shape, format, method(preset), stored, rows, length);
        StepWork counted = counted(request, shape, format, stored);

        StepWork step = StepEstimate.of(request, false);

        // Two-sided: two passes over the batch. What the optimiser's own passes add is taken off.
        PhoneClock clock = PhoneClock.of(DeviceCatalogue.find("oppo-reno6-5g"));
        double own =
                clock.millisByKind(step, 1).getOrDefault(OperationKind.NOISE, 0.0)
                        + clock.millisByKind(step, 1).getOrDefault(OperationKind.WEIGHT_PASS, 0.0);
        double forwards = clock.millis(step) - own;
        assertThat(forwards / 2 / clock.millis(counted)).isCloseTo(1, within(0.1));
        assertThat(step.flops(OperationKind.MATMUL) / 2 / counted.flops(OperationKind.MATMUL))
                .isCloseTo(1, within(0.02));
        assertThat(step.flops(OperationKind.ATTENTION) / 2 / counted.flops(OperationKind.ATTENTION))
                .isCloseTo(1, within(0.02));
    }

    @Test
    void piecesOfABatchPackTheWeightsOnceMoreEach() throws Exception {
        MethodSpec mezo = method("mezo");
        PlanRequest whole = request("roberta-base", BaseFormat.AS_STORED, mezo, DType.F32, 8, 64);
        PlanRequest pieces =
                new PlanRequest(
                        whole.model(),
                        whole.base(),
                        mezo,
                        whole.ending(),
                        8,
                        0,
                        2,
                        64,
                        0,
                        MemoryProfile.BALANCED);

        assertThat(bytes(pieces, OperationKind.PACKING))
                .isCloseTo(4 * bytes(whole, OperationKind.PACKING), within(1.0));
        assertThat(StepEstimate.of(pieces, false).flops(OperationKind.MATMUL))
                .isCloseTo(StepEstimate.of(whole, false).flops(OperationKind.MATMUL), within(1e6));
    }

    /** All numbers of the model move, so passes of a store of as many elements can be compared. */
    @ParameterizedTest
    @CsvSource({"mezo", "fzoo", "lozo", "zo-adam", "momentum", "one-sided"})
    void theOptimisersOwnPassesAreThoseItCounts(String which) throws Exception {
        MethodSpec method = numbered(which);
        int elements = 1000;
        PassCount counted;
        try (ParameterStore store = new ParameterStore()) {
            Tensor tensor = store.allocate("w", DType.F32, new long[] {10, 100});
            assertThat(tensor.elements()).isEqualTo(elements);
            try (ZerothOrderOptimizer optimizer = new ZerothOrderOptimizer(store, method, 1, 1)) {
                for (int step = 1; step <= 3; step++) {
                    optimizer.stepAhead(step, 1e-3, () -> 0.5);
                    if (step == 2) {
                        optimizer.takePasses();
                    }
                }
                counted = optimizer.takePasses();
            }
        }
        PlanRequest request = request("bert-tiny", BaseFormat.AS_STORED, method, DType.F32, 2, 16);
        double moving = request.model().parameters();
        double perGaussian = method.direction() == MethodSpec.Direction.RADEMACHER ? 4 : 60;

        StepWork step = StepEstimate.of(request, false);

        assertThat(step.flops(OperationKind.NOISE) / perGaussian / moving)
                .as("numbers drawn for each element")
                .isCloseTo(counted.drawn() / elements, within(1e-9));
        assertThat(bytes(request, OperationKind.WEIGHT_PASS) / 8 / moving)
                .as("times each element is moved")
                .isCloseTo(counted.moved() / elements, within(1e-9));
    }

    /** A head over features that were read before asks for no pass, unless texts are fresh. */
    @Test
    void aHeadAloneTakesNextToNothingUnlessItsTextsAreFresh() throws Exception {
        MethodSpec head = MethodSpec.mezo(Space.HEAD, 1e-3);
        PlanRequest labelWords =
                request("roberta-base", BaseFormat.AS_STORED, head, DType.F32, 8, 64);
        PlanRequest pooled =
                new PlanRequest(
                        labelWords.model(),
                        labelWords.base(),
                        head,
                        PlanRequest.Ending.POOLED,
                        8,
                        0,
                        0,
                        64,
                        0,
                        MemoryProfile.BALANCED);
        assertThat(StepEstimate.of(pooled, false).flops()).isLessThan(1e6);
        assertThat(StepEstimate.of(pooled, true).flops(OperationKind.MATMUL))
                .isCloseTo(2.0 * 8 * 64 * 12 * 12 * 768 * 768, within(1e9));
    }

    private static MethodSpec numbered(String which) {
        return switch (which) {
            case "one-sided", "momentum", "zo-adam" -> own(which);
            default -> full(which);
        };
    }

    private static MethodSpec own(String which) {
        String json =
                switch (which) {
                    case "one-sided" -> "\"estimator\": \"one-sided\", \"directions\": 3";
                    case "momentum" -> "\"update\": \"momentum\"";
                    default -> "\"update\": \"adam\", \"directions\": 2";
                };
        String run =
                """
                {"version": 1, "model": {"path": "builtin:all-MiniLM-L6-v2"},
                 "data": {"path": "builtin:inbox-nurse"},
                 "objective": {"labels": {"a": "a", "b": "b"}},
                 "method": {"space": "full", "learningRate": 1e-3, %s},
                 "training": {"steps": 1}}
                """
                        .formatted(json);
        try {
            return RunFile.parse("run.json", Path.of("").toAbsolutePath(), run).spec().method();
        } catch (RunFileException e) {
            throw new AssertionError(e);
        }
    }

    private static MethodSpec full(String preset) {
        return MethodCatalogue.find(preset).orElseThrow().method(Space.FULL, 1e-3);
    }

    private static MethodSpec method(String preset) {
        MethodPreset found = MethodCatalogue.find(preset).orElseThrow();
        return found.method(found.spaces().getFirst(), 1e-6);
    }

    private static double bytes(PlanRequest request, OperationKind kind) {
        return StepEstimate.of(request, false).operations().stream()
                .filter(o -> o.kind() == kind)
                .mapToDouble(o -> o.bytes())
                .sum();
    }

    private static PlanRequest request(
            String shape, BaseFormat format, MethodSpec method, DType stored, int rows, int length)
            throws Exception {
        ModelInfo info = ShapeInfo.of(shape, stored);
        boolean encoder = info.kind() == ModelInfo.Kind.ENCODER;
        return new PlanRequest(
                info,
                BaseSpec.of(format),
                method,
                encoder ? PlanRequest.Ending.LABEL_WORDS : PlanRequest.Ending.ANSWER,
                rows,
                0,
                0,
                length,
                encoder ? 0 : ANSWER_TOKENS,
                MemoryProfile.BALANCED);
    }

    /** One forward pass of the graph that a run would make; no weight of it is read. */
    private StepWork counted(PlanRequest request, String shape, BaseFormat format, DType stored)
            throws Exception {
        SparseCheckpoint.info(folder, shape, stored);
        PassMeter meter = new PassMeter(MiniLm.CACHE.resolve("tmp"));
        MethodSpec method = request.method();
        try (LanguageModel model =
                        LanguageModel.open(
                                new ModelFiles(shape, folder, folder.resolve("tokenizer.json")));
                BaseWeights weights =
                        format == BaseFormat.AS_STORED
                                ? null
                                : model.base(request.base(), folder.resolve("cache"));
                ParameterStore trainable = new ParameterStore()) {
            BaseModel base =
                    new BaseModel(
                            model,
                            Optional.ofNullable(weights),
                            new ForwardOptions(1, MemoryProfile.BALANCED));
            List<LoraAdapter> adapters =
                    method.space() == Space.LORA
                            ? AdapterParameters.plain(
                                    Projection.queriesAndValues(model.graph().projections()),
                                    method,
                                    1,
                                    trainable,
                                    trainable)
                            : List.of();
            ForwardGraph forward =
                    new SpaceGraph(base, method, adapters, BaseFormat.AS_STORED).forward(1);
            boolean encoder = request.answerTokens() == 0;
            GraphEnd end =
                    encoder
                            ? new GraphEnd.LabelWords(new long[] {10, 20})
                            : new GraphEnd.AnswerTokensOf(0);
            end.addTo(forward, 1);
            int rows = request.batchRows();
            meter.of(forward.graph())
                    .ran(rows, request.length(), encoder ? rows : rows * ANSWER_TOKENS);
            assertThat(meter.takeProblem()).isEmpty();
            return meter.take();
        }
    }
}
