package io.pocketllm.run;

import io.pocketllm.data.DataException;
import io.pocketllm.data.Dataset;
import io.pocketllm.data.Example;
import io.pocketllm.data.TokenizedSplit;
import io.pocketllm.forward.BaseModel;
import io.pocketllm.forward.ForwardException;
import io.pocketllm.forward.ForwardOptions;
import io.pocketllm.forward.PassWatch;
import io.pocketllm.model.BaseFormat;
import io.pocketllm.model.LanguageModel;
import io.pocketllm.model.LoraAdapter;
import io.pocketllm.model.base.BaseWeights;
import io.pocketllm.objective.BranchedObjective;
import io.pocketllm.objective.EncoderProbe;
import io.pocketllm.objective.Evaluation;
import io.pocketllm.objective.FrozenFeatureObjective;
import io.pocketllm.objective.LogisticRegression;
import io.pocketllm.objective.Objective;
import io.pocketllm.tensor.ParameterStore;
import io.pocketllm.zo.MethodSpec;
import io.pocketllm.zo.MethodSpec.Direction;
import io.pocketllm.zo.MethodSpec.Space;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Builds a {@link TrainingTask} from a run file: opens model and data, gives the head its zero-shot
 * start, finds the directions activations lie in, and puts the graph together in which the space's
 * parameters can move.
 */
final class TaskBuilder {

    /**
     * Training texts that adapters' input directions are taken from: some 2,500 tokens, far more
     * than any rank here.
     */
    private static final int ACTIVATION_EXAMPLES = 128;

    /** Pull of the reference head's weights; chosen once for unit-length rows, the same always. */
    private static final double REFERENCE_L2 = 1e-3;

    /** Told what is being done and how far it is, 0 to 1, or null where that cannot be known. */
    @FunctionalInterface
    interface Progress {
        void at(String phase, Double fraction);
    }

    private final RunFile file;
    private final RunSpec spec;
    private final MethodSpec method;
    private final boolean subspace;
    private final boolean lora;
    private final int classes;
    private final int threads;
    private final Progress progress;
    private final PassWatch watch;

    /** Data that is there already; null where the run file's is to be read. */
    private final Dataset given;

    /** The ONNX file the graph came in; null where the program builds it. */
    private Path exportedGraph;

    private final ParameterStore trainable;
    private final ParameterStore frozen;

    /** Last made first: what reads memory is closed before what owns it. */
    private final Deque<AutoCloseable> resources = new ArrayDeque<>();

    TaskBuilder(RunFile file, int threads, Progress progress) {
        this(file, threads, progress, PassWatch.NONE);
    }

    /**
     * @param watch hears of every pass
     */
    TaskBuilder(RunFile file, int threads, Progress progress, PassWatch watch) {
        this(file, threads, progress, watch, null);
    }

    /**
     * @param given data in place of what the run file names; null for what it names
     */
    TaskBuilder(RunFile file, int threads, Progress progress, PassWatch watch, Dataset given) {
        this.watch = watch;
        this.file = file;
        this.given = given;
        this.spec = file.spec();
        this.method = spec.method();
        this.subspace = method.direction() == Direction.ACTIVATION_SUBSPACE;
        this.lora = method.space() == Space.LORA || method.space() == Space.LORA_B;
        this.classes = spec.objective().labels().size();
        this.threads = threads;
        this.progress = progress;
        this.trainable = own(new ParameterStore());
        this.frozen = own(new ParameterStore());
    }

    /**
     * Builds; call once.
     *
     * @param cache folder the default model is unpacked to
     */
    TrainingTask build(Path cache) throws RunFileException {
        try {
            return buildOrThrow(cache);
        } catch (ForwardException e) {
            closeAll(e);
            throw refused(e);
        } catch (RunFileException | RuntimeException e) {
            closeAll(e);
            throw e;
        }
    }

    private void closeAll(Exception reason) {
        for (AutoCloseable resource : resources) {
            try {
                resource.close();
            } catch (Exception suppressed) {
                reason.addSuppressed(suppressed);
            }
        }
    }

    /** A graph that came in a file is the file's fault; one of our own is the program's. */
    private RunFileException refused(ForwardException e) {
        if (exportedGraph == null) {
            throw e;
        }
        return new RunFileException(
                file.source(),
                "model.path",
                exportedGraph + ": " + e.getMessage(),
                "Export the model again with a current Optimum, for processors (CPU) and with"
                        + " standard operators only; or name its Hugging Face folder.");
    }

    private <T extends AutoCloseable> T own(T resource) {
        resources.push(resource);
        return resource;
    }

    private TrainingTask buildOrThrow(Path cache) throws RunFileException {
        progress.at("Reading the data", null);
        Dataset dataset = given == null ? RunInputs.dataset(file) : given;
        progress.at("Opening the model", null);
        LanguageModel model = own(RunInputs.model(file, cache));
        exportedGraph = Files.isRegularFile(model.path()) ? model.path() : null;
        ModelFit.require(file, model);
        if (method.space() == Space.FULL
                && spec.model().base().format() == BaseFormat.FP16
                && exportedGraph != null) {
            throw new RunFileException(
                    file.source(),
                    "model.base",
                    "\"fp16\" keeps what moves in half precision, which the graph of an ONNX file"
                            + " cannot be fed",
                    "Set model.base to \"stored\", or name the model's Hugging Face folder.");
        }
        Splits splits = tokenize(dataset, model);
        BaseModel base = base(model, cache);

        progress.at("Building the forward graph", null);
        return spec.objective().kind() == ObjectiveKind.CLASS_HEAD
                ? classHead(dataset, base, splits, cache)
                : prompt(dataset, base, splits);
    }

    /** The model with its frozen weights in the run file's format, converted where need be. */
    private BaseModel base(LanguageModel model, Path cache) throws RunFileException {
        ForwardOptions how = spec.training().forwardOptions(threads);
        // What moves is no frozen weight: it is read into its format, and not converted beforehand.
        if (spec.model().base().format() == BaseFormat.AS_STORED || method.space() == Space.FULL) {
            return new BaseModel(model, Optional.empty(), how, watch);
        }
        progress.at("Converting the model to " + spec.model().base().label(), null);
        BaseWeights weights = own(RunInputs.base(file, model, cache));
        return new BaseModel(model, Optional.of(weights), how, watch);
    }

    private TrainingTask classHead(Dataset dataset, BaseModel base, Splits splits, Path cache)
            throws RunFileException {
        LanguageModel model = base.model();
        // A pass over a mapped file makes its pages resident, until it is unmapped. What moves
        // is a copy, so a whole model would be there twice.
        boolean apart = method.space() == Space.FULL;
        LanguageModel probed = apart ? RunInputs.model(file, cache) : model;
        EncoderProbe probe;
        try {
            probe =
                    new EncoderProbe(
                            apart
                                    ? new BaseModel(probed, Optional.empty(), base.how(), watch)
                                    : base,
                            lora && subspace);
        } catch (RuntimeException e) {
            if (apart) {
                probed.close();
            }
            throw e;
        }
        // Cut anew each time, texts are read anew; and what reads them outlives this method.
        boolean keepProbe = method.space() == Space.HEAD && spec.data().tokenDropout() > 0;
        Map<TokenizedSplit, float[]> pooled;
        HeadParameters head;
        List<LoraAdapter> adapters;
        try {
            pooled = pooledTexts(probe, splits);
            for (float[] texts : pooled.values()) {
                FiniteStart.requirePooled(file, model, texts);
            }
            head = head(model, probe, splits, pooled);
            adapters = lora ? adapters(probe, splits.train()) : List.of();
        } finally {
            if (!keepProbe) {
                probe.close();
            }
            if (apart) {
                probed.close();
            }
        }
        SpaceGraph space = new SpaceGraph(base, method, adapters, spec.model().base().format());
        GraphEnd end = new GraphEnd.ClassHead(head, model.hiddenSize());
        Objective objective =
                method.space() == Space.HEAD
                        ? own(
                                new FrozenFeatureObjective(
                                        pooled,
                                        splits.train(),
                                        keepProbe ? probe.handOver() : null,
                                        () -> new EncoderProbe(base, false).handOver(),
                                        head.weight(),
                                        head.bias(),
                                        head.a(),
                                        head.b(),
                                        watch))
                        : inGraph(space, end);
        Evaluation reference = spec.training().reference() ? reference(pooled, splits) : null;
        return task(dataset, splits, space, end, objective, reference);
    }

    /** Label words and answers: the model's own vocabulary head is the classifier. */
    private TrainingTask prompt(Dataset dataset, BaseModel base, Splits splits)
            throws RunFileException {
        List<LoraAdapter> adapters = List.of();
        if (lora) {
            try (EncoderProbe probe = new EncoderProbe(base, subspace)) {
                adapters = adapters(probe, splits.train());
            }
        }
        SpaceGraph space = new SpaceGraph(base, method, adapters, spec.model().base().format());
        GraphEnd end =
                spec.objective().kind() == ObjectiveKind.LABEL_WORD
                        ? new GraphEnd.LabelWords(splits.labelWords())
                        : new GraphEnd.AnswerTokensOf(classes);
        return task(dataset, splits, space, end, inGraph(space, end), null);
    }

    private TrainingTask task(
            Dataset dataset,
            Splits splits,
            SpaceGraph space,
            GraphEnd end,
            Objective objective,
            Evaluation reference) {
        BranchedObjective branched =
                method.inGraph()
                        ? own(
                                BranchBuilder.build(
                                        space,
                                        end,
                                        objective,
                                        own(BranchBuilder.copies(method, trainable)),
                                        frozen))
                        : null;
        boolean pairs =
                dataset.train().stream().anyMatch(e -> e.texts().containsKey(Example.TEXT2));
        LanguageModel model = space.base().model();
        Predictor predictor =
                classes == 0 ? null : own(new Predictor(spec, pairs, model, objective));
        return new TrainingTask(
                dataset,
                splits.train(),
                splits.validation(),
                splits.test(),
                objective,
                branched,
                trainable,
                List.copyOf(frozen.tensors()),
                reference,
                predictor,
                model,
                List.copyOf(resources));
    }

    private Splits tokenize(Dataset dataset, LanguageModel model) throws RunFileException {
        try {
            return Splits.tokenize(dataset, spec.objective(), model, spec.data().maxTokens());
        } catch (DataException e) {
            throw new RunFileException(file.source(), "model.path", e.getMessage(), e.hint());
        }
    }

    /** What the untouched encoder says of each text, for the splits whose answers are needed. */
    private Map<TokenizedSplit, float[]> pooledTexts(EncoderProbe probe, Splits splits) {
        boolean head = method.space() == Space.HEAD;
        if (!head && !subspace && !spec.training().reference()) {
            return Map.of();
        }
        float[] train =
                probe.pooled(splits.train(), p -> progress.at("Reading the training texts", p));
        float[] validation =
                probe.pooled(
                        splits.validation(), p -> progress.at("Reading the held-out texts", p));
        if (!head) {
            return Map.of(splits.train(), train, splits.validation(), validation);
        }
        Map<TokenizedSplit, float[]> pooled = new HashMap<>();
        pooled.put(splits.train(), train);
        pooled.put(splits.validation(), validation);
        // Where there is no test part, the validation part stands in for it.
        if (splits.test() != splits.validation()) {
            pooled.put(
                    splits.test(),
                    probe.pooled(splits.test(), p -> progress.at("Reading the test texts", p)));
        }
        return pooled;
    }

    private HeadParameters head(
            LanguageModel model,
            EncoderProbe probe,
            Splits splits,
            Map<TokenizedSplit, float[]> pooled)
            throws RunFileException {
        float[] descriptions = probe.pooled(splits.descriptions(), p -> {});
        FiniteStart.requirePooled(file, model, descriptions);
        double scale = spec.objective().logitScale();
        return subspace
                ? HeadParameters.inSubspace(
                        descriptions,
                        classes,
                        scale,
                        pooled.get(splits.train()),
                        method.subspaceRank(),
                        frozen,
                        trainable)
                : HeadParameters.whole(descriptions, classes, scale, trainable);
    }

    private List<LoraAdapter> adapters(EncoderProbe probe, TokenizedSplit train)
            throws RunFileException {
        if (probe.projections().isEmpty()) {
            throw new RunFileException(
                    file.source(),
                    "method.space",
                    "\""
                            + method.space().key()
                            + "\" needs query and value projections, and no node of the model is named"
                            + " like one",
                    "Use the space \"head\" or \"full\", or export the model with Optimum, which"
                            + " keeps module names.");
        }
        return subspace
                ? AdapterParameters.inSubspace(
                        probe.activations(
                                train,
                                ACTIVATION_EXAMPLES,
                                p -> progress.at("Finding the activations' directions", p)),
                        method,
                        frozen,
                        trainable)
                : AdapterParameters.plain(
                        probe.projections(),
                        method,
                        spec.seed(),
                        method.space() == Space.LORA ? trainable : frozen,
                        trainable);
    }

    private Evaluation reference(Map<TokenizedSplit, float[]> pooled, Splits splits) {
        progress.at("Fitting the first-order reference", null);
        TokenizedSplit train = splits.train();
        return LogisticRegression.fit(pooled.get(train), labels(train), classes, REFERENCE_L2)
                .evaluate(pooled.get(splits.validation()), labels(splits.validation()));
    }

    private static int[] labels(TokenizedSplit split) {
        return IntStream.range(0, split.size()).map(split::label).toArray();
    }

    /** Model, what the space adds, and the objective's end in one graph. */
    private Objective inGraph(SpaceGraph space, GraphEnd end) throws RunFileException {
        if (method.space() == Space.PREFIX) {
            progress.at("Taking the prefix from the model's activations", null);
        }
        if (method.space() == Space.BITFIT
                && space.base().model().weights().keySet().stream()
                        .noneMatch(MethodSpec::isBiasOrNorm)) {
            throw new RunFileException(
                    file.source(),
                    "method.space",
                    "\"bitfit\" needs biases or norms, and no weight of the model is named like one",
                    "Use the space \"lora\" or \"full\", or export the model with Optimum, which"
                            + " keeps parameter names.");
        }
        return own(space.objective(end, trainable, frozen, spec.seed()));
    }
}
