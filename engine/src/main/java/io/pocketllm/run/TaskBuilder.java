package io.pocketllm.run;

import io.pocketllm.data.DataException;
import io.pocketllm.data.Dataset;
import io.pocketllm.data.Example;
import io.pocketllm.data.TextTokenizer;
import io.pocketllm.data.TokenizedSplit;
import io.pocketllm.forward.ForwardPass;
import io.pocketllm.model.LanguageModel;
import io.pocketllm.model.LinearHead;
import io.pocketllm.model.LoraAdapter;
import io.pocketllm.model.PooledText;
import io.pocketllm.model.Projection;
import io.pocketllm.objective.ClassHeadObjective;
import io.pocketllm.objective.EncoderProbe;
import io.pocketllm.objective.Evaluation;
import io.pocketllm.objective.FrozenFeatureObjective;
import io.pocketllm.objective.LogisticRegression;
import io.pocketllm.objective.Objective;
import io.pocketllm.objective.PrincipalDirections;
import io.pocketllm.onnx.OnnxGraph;
import io.pocketllm.tensor.ParameterStore;
import io.pocketllm.tensor.Tensor;
import io.pocketllm.zo.MethodSpec;
import io.pocketllm.zo.MethodSpec.Direction;
import io.pocketllm.zo.MethodSpec.Space;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

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

    /**
     * Pull of the reference head's weights; chosen once for unit-length rows, the same for every
     * run.
     */
    private static final double REFERENCE_L2 = 1e-3;

    /** Told what is being done and how far it is, 0 to 1, or null where that cannot be known. */
    @FunctionalInterface
    interface Progress {
        void at(String phase, Double fraction);
    }

    private final RunFile file;
    private final RunSpec spec;
    private final int threads;
    private final Progress progress;

    /** Last made first: what reads memory is closed before what owns it. */
    private final java.util.Deque<AutoCloseable> resources = new java.util.ArrayDeque<>();

    TaskBuilder(RunFile file, int threads, Progress progress) {
        this.file = file;
        this.spec = file.spec();
        this.threads = threads;
        this.progress = progress;
    }

    /**
     * Builds.
     *
     * @param cache folder the default model is unpacked to
     */
    TrainingTask build(java.nio.file.Path cache) throws RunFileException {
        try {
            return buildOrLeak(cache);
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

    private TrainingTask buildOrLeak(java.nio.file.Path cache) throws RunFileException {
        progress.at("Reading the data", null);
        Dataset dataset = RunInputs.dataset(file);
        progress.at("Opening the model", null);
        LanguageModel model = own(RunInputs.model(file, cache));
        TokenizedSplit train;
        TokenizedSplit validation;
        TokenizedSplit test;
        TokenizedSplit descriptions;
        try (TextTokenizer tokenizer =
                TextTokenizer.open(model.tokenizer(), spec.data().maxTokens())) {
            train = new TokenizedSplit(dataset.train(), tokenizer);
            validation = new TokenizedSplit(dataset.validation(), tokenizer);
            test = new TokenizedSplit(dataset.test(), tokenizer);
            descriptions =
                    new TokenizedSplit(
                            spec.objective().labels().values().stream()
                                    .map(d -> new Example(d, 0))
                                    .toList(),
                            tokenizer);
        } catch (DataException e) {
            throw new RunFileException(file.source(), "model.path", e.getMessage(), e.hint());
        }

        ParameterStore trainable = own(new ParameterStore());
        ParameterStore frozen = own(new ParameterStore());
        MethodSpec method = spec.method();
        boolean subspace = method.direction() == Direction.ACTIVATION_SUBSPACE;
        boolean needsTrainFeatures =
                method.space() == Space.HEAD || subspace || spec.training().reference();
        List<LoraAdapter> adapters = new ArrayList<>();
        Map<TokenizedSplit, float[]> features = Map.of();
        Evaluation reference = null;
        LoraAdapter headSubspace = null;

        progress.at("Building the forward graph", null);
        EncoderProbe probe =
                new EncoderProbe(model, method.space() == Space.LORA && subspace, threads);
        // Cut anew each time, texts have to be read anew; and what reads them outlives this method.
        boolean keepProbe = method.space() == Space.HEAD && spec.data().tokenDropout() > 0;
        try {
            ParameterStore headHome = subspace && method.space() == Space.HEAD ? frozen : trainable;
            startHead(headHome, trainable, probe.pooled(descriptions, p -> {}), model.hiddenSize());
            if (needsTrainFeatures) {
                float[] trainFeatures =
                        probe.pooled(train, p -> progress.at("Reading the training texts", p));
                float[] heldOut =
                        probe.pooled(validation, p -> progress.at("Reading the held-out texts", p));
                if (spec.training().reference()) {
                    progress.at("Fitting the first-order reference", null);
                    reference = reference(trainFeatures, train, heldOut, validation);
                }
                if (method.space() == Space.HEAD) {
                    features =
                            Map.of(
                                    train, trainFeatures,
                                    validation, heldOut,
                                    test,
                                            probe.pooled(
                                                    test,
                                                    p -> progress.at("Reading the test texts", p)));
                }
                if (subspace) {
                    headSubspace =
                            headSubspace(
                                    trainFeatures,
                                    train.size(),
                                    model.hiddenSize(),
                                    frozen,
                                    trainable);
                }
            }
            if (method.space() == Space.LORA) {
                adapters.addAll(adapters(probe, train, frozen, trainable));
            }
        } finally {
            if (!keepProbe) {
                probe.close();
            }
        }
        List<Tensor> frozenAdapters = List.copyOf(frozen.tensors());

        Objective objective;
        if (method.space() == Space.HEAD) {
            Tensor weight = find(LinearHead.WEIGHT, trainable, frozen);
            Tensor bias = find(LinearHead.BIAS, trainable, frozen);
            Tensor a = headSubspace == null ? null : frozen.get(headSubspace.a());
            Tensor b = headSubspace == null ? null : trainable.get(headSubspace.b());
            objective =
                    new FrozenFeatureObjective(
                            features,
                            train,
                            keepProbe ? probe.handOver() : null,
                            weight,
                            bias,
                            a,
                            b);
        } else {
            objective = inGraph(model, adapters, headSubspace, trainable, frozen);
        }
        own(objective);
        return new TrainingTask(
                dataset,
                train,
                validation,
                test,
                objective,
                trainable,
                frozenAdapters,
                reference,
                model.parameters(),
                model.name(),
                model.describe(),
                List.copyOf(resources));
    }

    private static Tensor find(String name, ParameterStore first, ParameterStore second) {
        return first.tensors().stream()
                .filter(t -> t.name().equals(name))
                .findFirst()
                .orElseGet(() -> second.get(name));
    }

    /**
     * The zero-shot start: each class's weight is the pooled description of its label, scaled; the
     * bias is zero.
     */
    private void startHead(
            ParameterStore weightHome, ParameterStore biasHome, float[] descriptions, int hidden) {
        int classes = spec.objective().labels().size();
        Tensor weight = weightHome.allocate(LinearHead.WEIGHT, classes, hidden);
        float scale = (float) spec.objective().logitScale();
        for (int i = 0; i < descriptions.length; i++) {
            weight.set(i, scale * descriptions[i]);
        }
        biasHome.allocate(LinearHead.BIAS, classes);
    }

    private Evaluation reference(
            float[] trainFeatures,
            TokenizedSplit train,
            float[] heldOut,
            TokenizedSplit validation) {
        int classes = spec.objective().labels().size();
        LogisticRegression fitted =
                LogisticRegression.fit(trainFeatures, labels(train), classes, REFERENCE_L2);
        return fitted.evaluate(heldOut, labels(validation));
    }

    private static int[] labels(TokenizedSplit split) {
        return java.util.stream.IntStream.range(0, split.size()).map(split::label).toArray();
    }

    /** Searches the head in the span of the pooled training texts. */
    private LoraAdapter headSubspace(
            float[] trainFeatures,
            int rows,
            int hidden,
            ParameterStore frozen,
            ParameterStore trainable) {
        PrincipalDirections directions = new PrincipalDirections(hidden);
        for (int row = 0; row < rows; row++) {
            directions.add(trainFeatures, row * hidden);
        }
        int rank = Math.min(spec.method().subspaceRank(), hidden);
        int classes = spec.objective().labels().size();
        // alpha = rank: the adapter's scale is 1, the columns carry their own.
        LoraAdapter adapter =
                new LoraAdapter(
                        "classifier.subspace",
                        PooledText.OUTPUT,
                        LinearHead.LOGITS,
                        hidden,
                        classes,
                        rank,
                        rank);
        frozen.allocate(adapter.a(), hidden, rank)
                .copyFrom(directions.columns(rank, HEAD_EXPONENT));
        trainable.allocate(adapter.b(), rank, classes);
        return adapter;
    }

    /** Half-way between equal columns and equal coordinates; measured, see docs/sample-run.md. */
    private static final double HEAD_EXPONENT = -0.5;

    private List<LoraAdapter> adapters(
            EncoderProbe probe,
            TokenizedSplit train,
            ParameterStore frozen,
            ParameterStore trainable)
            throws RunFileException {
        if (probe.projections().isEmpty()) {
            throw new RunFileException(
                    file.source(),
                    "method.space",
                    "\"lora\" needs query and value projections, and the model's nodes have no such names",
                    "Use the space \"head\" or \"full\", or export the model with Optimum, which keeps module names.");
        }
        MethodSpec method = spec.method();
        boolean subspace = method.direction() == Direction.ACTIVATION_SUBSPACE;
        Map<Projection, PrincipalDirections> activations =
                subspace
                        ? probe.activations(
                                train,
                                ACTIVATION_EXAMPLES,
                                p -> progress.at("Finding the activations' directions", p))
                        : Map.of();
        SplittableRandom random = new SplittableRandom(spec.seed());
        List<LoraAdapter> adapters = new ArrayList<>();
        for (Projection p : probe.projections()) {
            LoraAdapter adapter =
                    new LoraAdapter(
                            p.name(),
                            p.input(),
                            p.output(),
                            p.inSize(),
                            p.outSize(),
                            method.loraRank(),
                            method.loraAlpha());
            adapters.add(adapter);
            Tensor a =
                    (subspace ? frozen : trainable)
                            .allocate(adapter.a(), p.inSize(), method.loraRank());
            if (subspace) {
                a.copyFrom(activations.get(p).columns(method.loraRank(), 0));
            } else {
                // LoRA's own start: A uniform as a linear layer's, B zero.
                double bound = Math.sqrt(1.0 / p.inSize());
                for (long i = 0; i < a.elements(); i++) {
                    a.set(i, (float) random.nextDouble(-bound, bound));
                }
            }
            trainable.allocate(adapter.b(), method.loraRank(), p.outSize());
        }
        return adapters;
    }

    private Objective inGraph(
            LanguageModel model,
            List<LoraAdapter> adapters,
            LoraAdapter headSubspace,
            ParameterStore trainable,
            ParameterStore frozen) {
        OnnxGraph graph = new OnnxGraph(model.file().model());
        adapters.forEach(adapter -> adapter.addTo(graph));
        PooledText.addTo(graph, model.hiddenStates());
        int classes = spec.objective().labels().size();
        LinearHead.addTo(graph, PooledText.OUTPUT, model.hiddenSize(), classes);
        String logits = headSubspace == null ? LinearHead.LOGITS : headSubspace.addTo(graph);
        graph.setOutputs(List.of(logits));
        List<Tensor> weights = new ArrayList<>();
        if (spec.method().space() == Space.FULL) {
            model.weights().values().forEach(trainable::copyOf);
        } else {
            weights.addAll(model.weights().values());
        }
        weights.addAll(trainable.tensors());
        weights.addAll(frozen.tensors());
        return new ClassHeadObjective(new ForwardPass(graph, weights, threads), logits, classes);
    }
}
