package io.pocketllm.objective;

import io.pocketllm.model.architecture.LayerStructure;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.DoubleConsumer;

/**
 * How much a model loses without one of its heads or layers: the rise of a {@link PruningLoss} when
 * that one is masked. Forward passes only.
 *
 * <p>Heads are measured once, each alone, and the least important go together (Michel, Levy and
 * Neubig, arXiv 1905.10650). Layers go one by one, those that are left being measured again each
 * time, since a layer's neighbour often does the same work.
 */
public final class Importance {

    /**
     * A layer and what is lost without it.
     *
     * @param layer stored layer, counted from 0
     * @param rise of the loss; infinite where it is no number
     */
    public record Layer(int layer, double rise) {}

    /**
     * A head and what is lost without it.
     *
     * @param layer stored layer, counted from 0
     * @param head its number before any was removed
     * @param rise of the loss; infinite where it is no number
     */
    public record Head(int layer, int head, double rise) {}

    private final MaskedEncoder encoder;
    private final PruningLoss loss;
    private final LayerStructure structure;

    /**
     * @param encoder nothing masked
     */
    public Importance(MaskedEncoder encoder, PruningLoss loss) {
        this.encoder = encoder;
        this.loss = loss;
        this.structure = encoder.structure();
    }

    /**
     * Chooses layers and leaves them masked.
     *
     * @param count how many go; fewer than there are
     * @param first is given every layer's importance in the whole model
     * @param progress told the share that is done, 0 to 1
     * @return in the order they go, each with the rise over the loss before it went
     */
    public List<Layer> removeLayers(int count, List<Layer> first, DoubleConsumer progress) {
        List<Layer> removed = new ArrayList<>();
        Set<Integer> left = new TreeSet<>();
        for (int layer = 0; layer < structure.storedLayers(); layer++) {
            left.add(layer);
        }
        for (int round = 0; round < count; round++) {
            double before = loss.of(encoder).loss();
            List<Layer> measured = new ArrayList<>();
            for (int layer : left) {
                encoder.layer(layer, false);
                measured.add(new Layer(layer, rise(before)));
                encoder.layer(layer, true);
                progress.accept((round + (double) measured.size() / left.size()) / count);
            }
            if (round == 0) {
                first.addAll(measured);
            }
            Layer least =
                    measured.stream().min(Comparator.comparingDouble(Layer::rise)).orElseThrow();
            encoder.layer(least.layer(), false);
            left.remove(least.layer());
            removed.add(least);
        }
        return removed;
    }

    /**
     * Every head's importance with what is masked now, those of layers that are gone left out.
     *
     * @param gone layers that are masked
     * @param progress told the share that is done, 0 to 1
     * @return in order of layer and head
     */
    public List<Head> heads(Set<Integer> gone, DoubleConsumer progress) {
        double before = loss.of(encoder).loss();
        List<Head> measured = new ArrayList<>();
        int total = structure.headCount();
        for (int layer = 0; layer < structure.storedLayers(); layer++) {
            if (gone.contains(layer)) {
                total -= structure.heads().get(layer).size();
            }
        }
        for (int layer = 0; layer < structure.storedLayers(); layer++) {
            for (int head : gone.contains(layer) ? List.<Integer>of() : heads(layer)) {
                encoder.head(layer, head, false);
                measured.add(new Head(layer, head, rise(before)));
                encoder.head(layer, head, true);
                progress.accept((double) measured.size() / total);
            }
        }
        return measured;
    }

    private List<Integer> heads(int layer) {
        return structure.heads().get(layer);
    }

    /**
     * The least important heads, one of each layer being left.
     *
     * @param count how many; at most all but one of each layer
     * @return least important first
     */
    public static List<Head> least(List<Head> measured, int count) {
        Map<Integer, Integer> left = new HashMap<>();
        measured.forEach(head -> left.merge(head.layer(), 1, Integer::sum));
        List<Head> chosen = new ArrayList<>();
        for (Head head :
                measured.stream().sorted(Comparator.comparingDouble(Head::rise)).toList()) {
            if (chosen.size() < count && left.get(head.layer()) > 1) {
                left.merge(head.layer(), -1, Integer::sum);
                chosen.add(head);
            }
        }
        return chosen;
    }

    private double rise(double before) {
        double rise = loss.of(encoder).loss() - before;
        return Double.isNaN(rise) ? Double.POSITIVE_INFINITY : rise;
    }
}
