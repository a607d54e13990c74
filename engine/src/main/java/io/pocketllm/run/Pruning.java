package io.pocketllm.run;

import io.pocketllm.data.DataException;
import io.pocketllm.forward.BaseModel;
import io.pocketllm.forward.NativeLibraries;
import io.pocketllm.model.LanguageModel;
import io.pocketllm.model.ModelException;
import io.pocketllm.model.ModelFiles;
import io.pocketllm.model.architecture.HuggingFaceModel;
import io.pocketllm.model.architecture.LayerStructure;
import io.pocketllm.model.prune.NewFolder;
import io.pocketllm.model.prune.PrunedFolder;
import io.pocketllm.model.prune.Removal;
import io.pocketllm.objective.Importance;
import io.pocketllm.objective.MaskedEncoder;
import io.pocketllm.objective.PruningLoss;
import io.pocketllm.objective.PruningLoss.Measured;
import io.pocketllm.run.PruningReport.Measure;
import io.pocketllm.run.PruningReport.Size;
import io.pocketllm.tensor.FiniteCheck;
import io.pocketllm.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Prunes a model: finds by forward passes which layers and heads it loses least without, writes
 * what stays as a Hugging Face folder, opens that, and measures again. See docs/pruning.md.
 */
public final class Pruning {

    /** Told what is being done and how far it is, 0 to 1, or null where that cannot be known. */
    @FunctionalInterface
    public interface Progress {
        /** Called on the thread that prunes. */
        void at(String phase, Double fraction);
    }

    private final PruningRequest request;
    private final LanguageModel model;
    private final HuggingFaceModel folder;
    private final Progress progress;
    private final List<Importance.Layer> layerImportance = new ArrayList<>();
    private List<Importance.Layer> removedLayers = List.of();
    private List<Importance.Head> headImportance = List.of();
    private List<Importance.Head> removedHeads = List.of();

    private Pruning(PruningRequest request, LanguageModel model, Progress progress) {
        this.request = request;
        this.model = model;
        this.folder = model.huggingFace().orElseThrow();
        this.progress = progress;
    }

    /**
     * Prunes.
     *
     * @param cache folder for native libraries
     * @throws ModelException where the request or the model cannot be used
     * @throws DataException where the data cannot
     * @throws IOException where the new folder cannot be written
     */
    public static PruningReport run(PruningRequest request, Path cache, Progress progress)
            throws ModelException, DataException, IOException {
        request.requirePossible();
        NewFolder.requireFree(request.out());
        NativeLibraries.prepare(cache);
        progress.at("Opening the model", null);
        try (LanguageModel model =
                LanguageModel.open(RunInputs.modelFiles(request.model(), cache))) {
            if (model.huggingFace().isEmpty()) {
                throw new ModelException(
                        request.model()
                                + ": is an ONNX file, whose graph cannot be written anew with parts"
                                + " taken away",
                        "Name the model's Hugging Face folder: config.json, model.safetensors and"
                                + " tokenizer.json.");
            }
            Pruning pruning = new Pruning(request, model, progress);
            pruning.requireFits();
            return pruning.prune();
        }
    }

    /** Whether the model has so many heads and layers to give. */
    private void requireFits() throws ModelException {
        LayerStructure structure = folder.structure();
        int layers = structure.storedLayers();
        if (request.layers() >= layers) {
            throw new ModelException(
                    "layers is " + request.layers() + ", and " + model.name() + " has " + layers,
                    "Expected: at most " + (layers - 1) + "; one has to stay.");
        }
        if (request.heads() > 0 && !structure.losesHeads()) {
            throw new ModelException(
                    "heads is "
                            + request.heads()
                            + ", and the architecture "
                            + model.info().architecture()
                            + " cannot lose any: several heads of queries share one of keys and"
                            + " values, and no configuration says which are gone",
                    "Use layers or magnitude.");
        }
        // Layers that stay may be those with the fewest heads.
        int most =
                structure.heads().stream()
                        .mapToInt(heads -> heads.size() - 1)
                        .sorted()
                        .limit(layers - request.layers())
                        .sum();
        if (request.heads() > most) {
            throw new ModelException(
                    "heads is "
                            + request.heads()
                            + ", and "
                            + model.name()
                            + " has "
                            + structure.headCount()
                            + " in "
                            + layers
                            + " layers",
                    "Expected: at most "
                            + most
                            + "; each layer that stays keeps one. Whole layers go with layers.");
        }
    }

    private PruningReport prune() throws ModelException, DataException, IOException {
        boolean measured = request.heads() > 0 || request.layers() > 0 || !request.data().isEmpty();
        progress.at("Reading the texts", null);
        PruningTask task = measured ? PruningTask.read(request, model) : null;
        PruningLoss loss = null;
        Measured before = null;
        if (measured) {
            try (MaskedEncoder encoder = new MaskedEncoder(stored(model))) {
                loss = task.loss(encoder);
                before = loss.of(encoder);
                requireFinite(before.loss());
                choose(new Importance(encoder, loss));
            }
        }
        try (NewFolder target = NewFolder.at(request.out())) {
            PrunedFolder.Written written =
                    PrunedFolder.write(
                            folder,
                            model.path(),
                            target.partial(),
                            removal(),
                            p -> progress.at("Writing", p));
            Path tokenizer = target.partial().resolve("tokenizer.json");
            try (LanguageModel pruned =
                    LanguageModel.open(new ModelFiles(model.name(), target.partial(), tokenizer))) {
                Optional<Measure> measure = Optional.empty();
                if (measured) {
                    progress.at("Measuring the pruned model", null);
                    try (MaskedEncoder encoder = new MaskedEncoder(stored(pruned))) {
                        Measured after = loss.of(encoder);
                        measure =
                                Optional.of(new Measure(task.kind(), task.texts(), before, after));
                    }
                }
                PruningReport report =
                        new PruningReport(
                                request.out(),
                                model.info().architecture(),
                                size(model),
                                size(pruned),
                                written.zeroed(),
                                removedLayers,
                                layerImportance,
                                removedHeads,
                                headImportance,
                                measure);
                target.publish();
                return report;
            }
        }
    }

    private void choose(Importance importance) {
        if (request.layers() > 0) {
            removedLayers =
                    importance.removeLayers(
                            request.layers(),
                            layerImportance,
                            p -> progress.at("Measuring layers", p));
        }
        if (request.heads() > 0) {
            headImportance = importance.heads(goneLayers(), p -> progress.at("Measuring heads", p));
            removedHeads = Importance.least(headImportance, request.heads());
        }
    }

    private Set<Integer> goneLayers() {
        Set<Integer> gone = new TreeSet<>();
        removedLayers.forEach(layer -> gone.add(layer.layer()));
        return gone;
    }

    private Removal removal() {
        Map<Integer, Set<Integer>> heads = new HashMap<>();
        for (Importance.Head head : removedHeads) {
            heads.computeIfAbsent(head.layer(), layer -> new TreeSet<>()).add(head.head());
        }
        return Removal.of(request.magnitude(), goneLayers(), heads);
    }

    private void requireFinite(double loss) throws ModelException {
        if (Double.isFinite(loss)) {
            return;
        }
        Optional<FiniteCheck.Culprit> culprit = FiniteCheck.first(model.weights().values());
        throw new ModelException(
                culprit.map(c -> model.fileOf(c.tensor()) + ": " + c)
                        .orElse(model.path() + ": gives hidden states that are no finite numbers"),
                "Nothing can be measured on such a model: download it again, or use another"
                        + " checkpoint.");
    }

    private static BaseModel stored(LanguageModel model) {
        return BaseModel.stored(model, Runtime.getRuntime().availableProcessors());
    }

    private static Size size(LanguageModel model) {
        HuggingFaceModel folder = model.huggingFace().orElseThrow();
        return new Size(
                folder.structure().storedLayers(),
                folder.structure().headCount(),
                model.parameters(),
                folder.stored().values().stream()
                        .map(Tensor::memory)
                        .mapToLong(memory -> memory.byteSize())
                        .sum());
    }
}
