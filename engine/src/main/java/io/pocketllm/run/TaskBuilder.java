package io.pocketllm.run;

import io.pocketllm.data.DataException;
import io.pocketllm.data.Dataset;
import io.pocketllm.data.TokenizedSplit;
import io.pocketllm.forward.ForwardPass;
import io.pocketllm.model.LanguageModel;
import io.pocketllm.model.LinearHead;
import io.pocketllm.model.LoraAdapter;
import io.pocketllm.model.PooledText;
import io.pocketllm.objective.ClassHeadObjective;
import io.pocketllm.objective.EncoderProbe;
import io.pocketllm.objective.Evaluation;
import io.pocketllm.objective.FrozenFeatureObjective;
import io.pocketllm.objective.LogisticRegression;
import io.pocketllm.objective.Objective;
import io.pocketllm.onnx.OnnxGraph;
import io.pocketllm.tensor.ParameterStore;
import io.pocketllm.tensor.Tensor;
import io.pocketllm.zo.MethodSpec;
import io.pocketllm.zo.MethodSpec.Direction;
import io.pocketllm.zo.MethodSpec.Space;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
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
    private final int classes;
    private final int threads;
    private final Progress progress;
    private final ParameterStore trainable;
    private final ParameterStore frozen;

    /** Last made first: what reads memory is closed before what owns it. */
    private final Deque<AutoCloseable> resources = new ArrayDeque<>();

    TaskBuilder(RunFile file, int threads, Progress progress) {
        this.file = file;
        this.spec = file.spec();
        this.method = spec.method();
        this.subspace = method.direction() == Direction.ACTIVATION_SUBSPACE;
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
        } catch (RunFileException | RuntimeException e) {
            for (AutoCloseable resource : resources) {
                try {
                    resource.close();
                } catch (Exception suppressed) {
                    e.addSuppressed(suppressed);
                }
            }
            throw e;
        }
    }

    private <T extends AutoCloseable> T own(T resource) {
        resources.push(resource);
        return resource;
    }

    private TrainingTask buildOrThrow(Path cache) throws RunFileException {
        progress.at("Reading the data", null);
        Dataset dataset = RunInputs.dataset(file);
        progress.at("Opening the model", null);
        LanguageModel model = own(RunInputs.model(file, cache));
        Splits splits = tokenize(dataset, model);

        progress.at("Building the forward graph", null);
        boolean askProjections = method.space() == Space.LORA && subspace;
        EncoderProbe probe = new EncoderProbe(model, askProjections, threads);
        // Cut anew each time, texts are read anew; and what reads them outlives this method.
        boolean keepProbe = method.space() == Space.HEAD && spec.data().tokenDropout() > 0;
        Map<TokenizedSplit, float[]> pooled;
        HeadParameters head;
        List<LoraAdapter> adapters;
        try {
            pooled = pooledTexts(probe, splits);
            head = head(probe, splits, pooled);
            adapters = method.space() == Space.LORA ? adapters(probe, splits.train()) : List.of();
        } finally {
            if (!keepProbe) {
                probe.close();
            }
        }
        List<Tensor> frozenAdapters = List.copyOf(frozen.tensors());
        Objective objective =
                method.space() == Space.HEAD
                        ? new FrozenFeatureObjective(
                                pooled,
                                splits.train(),
                                keepProbe ? probe.handOver() : null,
                                head.weight(),
                                head.bias(),
                                head.a(),
                                head.b())
                        : inGraph(model, adapters, head);
        own(objective);
        return new TrainingTask(
                dataset,
                splits.train(),
                splits.validation(),
                splits.test(),
                objective,
                trainable,
                frozenAdapters,
                spec.training().reference() ? reference(pooled, splits) : null,
                model.parameters(),
                model.name(),
                model.describe(),
                List.copyOf(resources));
    }

    private Splits tokenize(Dataset dataset, LanguageModel model) throws RunFileException {
        try {
            return Splits.tokenize(
                    dataset,
                    spec.objective().labels().values(),
                    model.tokenizer(),
                    spec.data().maxTokens());
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
        float[] test = probe.pooled(splits.test(), p -> progress.at("Reading the test texts", p));
        return Map.of(splits.train(), train, splits.validation(), validation, splits.test(), test);
    }

    private HeadParameters head(
            EncoderProbe probe, Splits splits, Map<TokenizedSplit, float[]> pooled) {
        float[] descriptions = probe.pooled(splits.descriptions(), p -> {});
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
                    "\"lora\" needs query and value projections, and no node of the model is named"
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
                : AdapterParameters.plain(probe.projections(), method, spec.seed(), trainable);
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

    /** Encoder, adapters, pooling and head in one graph: what the spaces beyond the head need. */
    private Objective inGraph(
            LanguageModel model, List<LoraAdapter> adapters, HeadParameters head) {
        OnnxGraph graph = model.graph();
        adapters.forEach(adapter -> adapter.addTo(graph));
        PooledText.addTo(graph, model.hiddenStates());
        LinearHead.addTo(graph, PooledText.OUTPUT, model.hiddenSize(), classes);
        String logits = head.subspace() == null ? LinearHead.LOGITS : head.subspace().addTo(graph);
        graph.setOutputs(List.of(logits));
        List<Tensor> weights = new ArrayList<>();
        if (method.space() == Space.FULL) {
            graph.feedHalvesAsFloats(name -> true);
            model.weights().values().forEach(trainable::copyOf);
        } else {
            weights.addAll(model.weights().values());
        }
        weights.addAll(trainable.tensors());
        weights.addAll(frozen.tensors());
        return new ClassHeadObjective(new ForwardPass(graph, weights, threads), logits, classes);
    }
}
