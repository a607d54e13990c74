package io.pocketllm.model.prune;

import io.pocketllm.model.GraphOptions;
import io.pocketllm.model.Projection;
import io.pocketllm.model.architecture.HuggingFaceModel;
import io.pocketllm.model.architecture.LayerStructure;
import io.pocketllm.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.stream.IntStream;

/**
 * From what is taken away to what stays of each tensor. A head's numbers are outputs of the query,
 * key and value layers and inputs of the output layer; which dimension that is, the forward graph's
 * projections tell. The number in a tensor's name says its layer.
 */
final class CutPlan {

    private final HuggingFaceModel model;
    private final LayerStructure structure;
    private final Removal removal;
    private final Map<String, TensorCut> cuts = new HashMap<>();
    private String stem;

    private CutPlan(HuggingFaceModel model, Removal removal) {
        this.model = model;
        this.structure = model.structure();
        this.removal = removal;
    }

    /** What stays, in the old file's order. */
    static List<TensorCut> of(HuggingFaceModel model, Removal removal) {
        CutPlan plan = new CutPlan(model, removal);
        plan.cutProjections();
        List<TensorCut> all = new ArrayList<>();
        for (Tensor tensor : model.stored().values()) {
            String target = plan.newName(tensor.name());
            if (target != null) {
                TensorCut cut = plan.cut(tensor.name());
                all.add(
                        new TensorCut(
                                cut.source(),
                                target,
                                cut.dtype(),
                                cut.shape(),
                                cut.keptRows(),
                                cut.keptColumns(),
                                cut.magnitude()));
            }
        }
        return all;
    }

    private void cutProjections() {
        int passed = 0;
        for (Projection p : model.graph(GraphOptions.PLAIN).projections()) {
            int layer = passed / structure.uses();
            if (p.kind() != Projection.Kind.OTHER) {
                cuts.put(p.weight(), cut(p.weight()).withMagnitude(removal.magnitude()));
            }
            switch (p.kind()) {
                case QUERY, KEY, VALUE -> cutOutputs(p, kept(layer, 1));
                case QUERY_KEY_VALUE -> cutOutputs(p, kept(layer, 3));
                case OUTPUT -> {
                    cutInputs(p, kept(layer, 1));
                    stem = p.name().substring(0, numberStart(p.name()));
                    passed++;
                }
                case FEED_FORWARD, OTHER -> {}
            }
        }
    }

    private TensorCut cut(String name) {
        Tensor tensor = model.stored().get(name);
        return cuts.getOrDefault(name, TensorCut.whole(name, name, tensor.dtype(), tensor.shape()));
    }

    /**
     * Numbers of a layer's heads that stay, in {@code blocks} blocks of all heads; null for all.
     */
    private int[] kept(int layer, int blocks) {
        SortedSet<Integer> gone = removal.headsOf(layer);
        if (gone.isEmpty()) {
            return null;
        }
        List<Integer> heads = structure.heads().get(layer);
        int size = structure.headSize();
        return IntStream.range(0, blocks * heads.size() * size)
                .filter(i -> !gone.contains(heads.get(i / size % heads.size())))
                .toArray();
    }

    private void cutOutputs(Projection p, int[] kept) {
        if (kept == null) {
            return;
        }
        TensorCut weight = cut(p.weight());
        cuts.put(p.weight(), p.outputsFirst() ? weight.rows(kept) : weight.columns(kept));
        String bias = p.name() + ".bias";
        if (model.stored().containsKey(bias)) {
            cuts.put(bias, cut(bias).rows(kept));
        }
    }

    private void cutInputs(Projection p, int[] kept) {
        if (kept != null) {
            TensorCut weight = cut(p.weight());
            cuts.put(p.weight(), p.outputsFirst() ? weight.columns(kept) : weight.rows(kept));
        }
    }

    /** The name a tensor has in the new file; null where its layer goes. */
    private String newName(String name) {
        int start = numberStart(name);
        int end = name.indexOf('.', start);
        if (start < 0 || end - start > 4 || !name.startsWith(stem) || start != stem.length()) {
            return name;
        }
        int layer = Integer.parseInt(name.substring(start, end));
        if (removal.layers().contains(layer)) {
            return null;
        }
        // A number that no layer has belongs to none.
        return layer >= structure.storedLayers()
                ? name
                : stem + removal.newNumber(layer) + name.substring(end);
    }

    /** Where the first part of a name that is a number begins; -1 where there is none. */
    private static int numberStart(String name) {
        for (int start = 0, end; (end = name.indexOf('.', start)) >= 0; start = end + 1) {
            if (end > start
                    && name.substring(start, end).chars().allMatch(c -> c >= '0' && c <= '9')) {
                return start;
            }
        }
        return -1;
    }
}
