package io.pocketllm.run;

import io.pocketllm.data.Batch;
import io.pocketllm.data.TokenRow;
import io.pocketllm.data.TokenizedExample;
import io.pocketllm.data.TokenizedSplit;
import io.pocketllm.device.PeakResidentSet;
import io.pocketllm.forward.BaseModel;
import io.pocketllm.forward.ForwardOptions;
import io.pocketllm.forward.NativeLibraries;
import io.pocketllm.model.BaseFormat;
import io.pocketllm.model.BaseSpec;
import io.pocketllm.model.LanguageModel;
import io.pocketllm.model.LoraAdapter;
import io.pocketllm.model.ModelException;
import io.pocketllm.model.ModelFiles;
import io.pocketllm.model.ModelInfo;
import io.pocketllm.model.Projection;
import io.pocketllm.model.architecture.RandomCheckpoint;
import io.pocketllm.model.base.BaseWeights;
import io.pocketllm.objective.BranchedObjective;
import io.pocketllm.objective.RowObjective;
import io.pocketllm.plan.PlanRequest;
import io.pocketllm.tensor.DType;
import io.pocketllm.tensor.ParameterStore;
import io.pocketllm.zo.BranchedLoss;
import io.pocketllm.zo.MethodSpec;
import io.pocketllm.zo.MethodSpec.Space;
import io.pocketllm.zo.ZerothOrderOptimizer;
import io.pocketllm.zo.noise.NoiseKernels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Times whole steps of a method beside the bare forward passes they are made of, in turns within
 * one process, on a model of a published shape with random weights. Takes the place of a worker:
 * what it holds is what a worker would.
 *
 * <p>A bare forward is the model without adapters or prefix, on the same batch, up to the same
 * loss.
 */
public final class StepBenchmark {

    private static final int LABEL_WORDS = 2;
    private static final int ANSWER_TOKENS = 2;
    private static final long SEED = 20240607;

    /**
     * What to measure.
     *
     * @param shape a name of the shape catalogue
     * @param stored how the checkpoint is stored: F32, F16 or BF16
     * @param base how the large frozen matrices are kept
     * @param rows texts of a batch
     * @param length tokens of a text
     * @param how threads, memory profile and pieces of a batch
     * @param rounds steps and bare forwards that are timed, one after the other; 0 measures memory
     *     alone
     */
    public record Request(
            String shape,
            DType stored,
            BaseSpec base,
            MethodSpec method,
            int rows,
            int length,
            ForwardOptions how,
            int rounds) {}

    /**
     * What was found; times are medians.
     *
     * @param forwards forward passes' worth of rows a step asks for
     * @param loadRssBytes the most this process held until it was ready to train; 0 where the
     *     system does not tell
     * @param peakRssBytes the most it held while it trained, before anything bare ran; where the
     *     system cannot tell these apart, the most it held at all
     */
    public record Result(
            Request request,
            String noiseKernel,
            long parameters,
            long trainableParameters,
            int forwards,
            double forwardMillis,
            double stepMillis,
            long loadRssBytes,
            long peakRssBytes,
            double loadMillis) {

        /** A step's time over that of its forwards alone. */
        public double ratio() {
            return stepMillis / (forwards * forwardMillis);
        }

        /** Time of a step that is not spent in its forwards. */
        public double passMillis() {
            return stepMillis - forwards * forwardMillis;
        }

        /** Multiplications and additions of a bare forward: two a parameter and token, roughly. */
        public double gigaflopsPerSecond() {
            double tokens = (double) request.rows() * request.length();
            return 2.0 * parameters * tokens / forwardMillis / 1e6;
        }
    }

    private StepBenchmark() {}

    /**
     * The folder of a random checkpoint, written where it is not there yet.
     *
     * @param cache the program's cache folder
     */
    public static Path checkpoint(Path cache, String shape, DType base) throws ModelException {
        Path folder = cache.resolve("bench").resolve(shape + "-" + base);
        if (!Files.isRegularFile(folder.resolve("complete"))) {
            RandomCheckpoint.write(folder, shape, base, SEED);
            try {
                Files.createFile(folder.resolve("complete"));
            } catch (IOException e) {
                throw new ModelException(
                        folder + ": cannot be written (" + e.getMessage() + ")",
                        "Check the disk's free space.");
            }
        }
        return folder;
    }

    /**
     * Converts the checkpoint where the cache does not hold it in that format yet, so that the
     * measuring process need not.
     *
     * @param folder what {@link #checkpoint} gave
     */
    public static void convert(Request request, Path folder, Path cache) throws ModelException {
        if (request.base().format() != BaseFormat.AS_STORED) {
            try (LanguageModel model = open(request.shape(), folder)) {
                model.base(request.base(), cache).close();
            }
        }
    }

    /** The plan's inputs for what is measured. */
    public static PlanRequest plan(Request request, Path folder) throws ModelException {
        try (LanguageModel model = open(request.shape(), folder)) {
            return plan(request, model.info());
        }
    }

    /** The same for a model of these sizes. */
    static PlanRequest plan(Request request, ModelInfo info) {
        boolean encoder = info.kind() == ModelInfo.Kind.ENCODER;
        return new PlanRequest(
                info,
                request.base(),
                request.method(),
                encoder ? PlanRequest.Ending.LABEL_WORDS : PlanRequest.Ending.ANSWER,
                request.rows(),
                0,
                request.how().microBatch(),
                request.length(),
                encoder ? 0 : ANSWER_TOKENS,
                request.how().memory());
    }

    private static LanguageModel open(String shape, Path folder) throws ModelException {
        return LanguageModel.open(new ModelFiles(shape, folder, folder.resolve("tokenizer.json")));
    }

    /**
     * Measures.
     *
     * @param folder what {@link #checkpoint} gave
     */
    public static Result run(Request request, Path folder, Path cache)
            throws ModelException, IOException {
        NativeLibraries.prepare(cache);
        long begin = System.nanoTime();
        MethodSpec method = request.method();
        try (LanguageModel model = open(request.shape(), folder);
                BaseWeights weights =
                        request.base().format() == BaseFormat.AS_STORED
                                ? null
                                : model.base(request.base(), cache);
                ParameterStore trainable = new ParameterStore();
                ParameterStore frozen = new ParameterStore();
                ParameterStore copies = new ParameterStore()) {
            BaseModel base = new BaseModel(model, Optional.ofNullable(weights), request.how());
            SpaceGraph space =
                    new SpaceGraph(
                            base,
                            method,
                            adapters(model, method, frozen, trainable),
                            BaseFormat.AS_STORED);
            GraphEnd end = end(model);
            try (RowObjective objective = space.objective(end, trainable, frozen, SEED);
                    ZerothOrderOptimizer optimizer =
                            new ZerothOrderOptimizer(
                                    trainable, method, SEED, request.how().threads())) {
                double loadMillis = (System.nanoTime() - begin) / 1e6;
                ParameterStore stacked =
                        method.inGraph() ? BranchBuilder.copies(method, trainable) : copies;
                try (BranchedObjective branched =
                        method.inGraph()
                                ? BranchBuilder.build(space, end, objective, stacked, frozen)
                                : null) {
                    return measure(request, base, objective, branched, optimizer, end, loadMillis);
                } finally {
                    if (method.inGraph()) {
                        stacked.close();
                    }
                }
            }
        }
    }

    private static Result measure(
            Request request,
            BaseModel base,
            RowObjective objective,
            BranchedObjective branched,
            ZerothOrderOptimizer optimizer,
            GraphEnd end,
            double loadMillis) {
        LanguageModel model = base.model();
        Batch batch = batch(request, model.info());
        double rate = request.method().learningRate();
        long loading = PeakResidentSet.bytes().orElse(0);
        PeakResidentSet.restart();
        step(optimizer, 1, rate, objective, branched, batch);
        step(optimizer, 2, rate, objective, branched, batch);
        long peak = PeakResidentSet.bytes().orElse(0);
        double[] steps = new double[request.rounds()];
        double[] forwards = new double[request.rounds()];
        Space space = request.method().space();
        boolean same = space == Space.FULL || space == Space.BITFIT || request.rounds() == 0;
        try (RowObjective bare = same ? null : bare(base, end)) {
            RowObjective asked = same ? objective : bare;
            if (request.rounds() > 0) {
                asked.loss(batch);
            }
            for (int i = 0; i < request.rounds(); i++) {
                long before = System.nanoTime();
                asked.loss(batch);
                asked.loss(batch);
                long between = System.nanoTime();
                step(optimizer, 3 + i, rate, objective, branched, batch);
                forwards[i] = (between - before) / 2e6;
                steps[i] = (System.nanoTime() - between) / 1e6;
            }
        }
        return new Result(
                request,
                NoiseKernels.description(),
                model.parameters(),
                optimizer.trainableParameters(),
                request.method().probes(),
                median(forwards),
                median(steps),
                loading,
                peak,
                loadMillis);
    }

    private static void step(
            ZerothOrderOptimizer optimizer,
            int step,
            double learningRate,
            RowObjective objective,
            BranchedObjective branched,
            Batch batch) {
        if (branched == null) {
            optimizer.stepAhead(step, learningRate, () -> objective.loss(batch));
        } else {
            optimizer.step(
                    step,
                    learningRate,
                    new BranchedLoss(branched.copies(), () -> branched.losses(batch)));
        }
    }

    /** The model as it is, up to the same loss. */
    private static RowObjective bare(BaseModel base, GraphEnd end) {
        // A head that nothing moves: the space only decides what is added, and it adds nothing.
        SpaceGraph plain =
                new SpaceGraph(
                        base, MethodSpec.mezo(Space.HEAD, 0), List.of(), BaseFormat.AS_STORED);
        ParameterStore nothing = new ParameterStore();
        return plain.objective(end, nothing, nothing, SEED);
    }

    private static List<LoraAdapter> adapters(
            LanguageModel model, MethodSpec method, ParameterStore frozen, ParameterStore moving) {
        boolean both = method.space() == Space.LORA;
        return both || method.space() == Space.LORA_B
                ? AdapterParameters.plain(
                        Projection.queriesAndValues(model.graph().projections()),
                        method,
                        SEED,
                        both ? moving : frozen,
                        moving)
                : List.of();
    }

    private static GraphEnd end(LanguageModel model) {
        return model.info().kind() == ModelInfo.Kind.ENCODER
                ? new GraphEnd.LabelWords(new long[] {10, 20})
                : new GraphEnd.AnswerTokensOf(0);
    }

    /** Random texts of full length; what is predicted stands at their end. */
    private static Batch batch(Request request, ModelInfo info) {
        SplittableRandom random = new SplittableRandom(SEED);
        boolean encoder = info.kind() == ModelInfo.Kind.ENCODER;
        int length = request.length();
        List<TokenizedExample> examples =
                java.util.stream.IntStream.range(0, request.rows())
                        .mapToObj(
                                i -> {
                                    int[] ids =
                                            random.ints(length, 5, info.vocabularySize()).toArray();
                                    int start = length - (encoder ? 1 : ANSWER_TOKENS);
                                    return new TokenizedExample(
                                            List.of(new TokenRow(ids, null, start, length)),
                                            encoder ? i % LABEL_WORDS : -1,
                                            encoder ? null : "");
                                })
                        .toList();
        int[] words = encoder ? new int[] {10, 20} : null;
        TokenizedSplit split = new TokenizedSplit(examples, 0, words);
        return split.batch(java.util.stream.IntStream.range(0, request.rows()).toArray());
    }

    private static double median(double[] values) {
        if (values.length == 0) {
            return Double.NaN;
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
