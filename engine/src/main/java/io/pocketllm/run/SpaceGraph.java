package io.pocketllm.run;

import io.pocketllm.forward.ForwardPass;
import io.pocketllm.model.ForwardGraph;
import io.pocketllm.model.GraphOptions;
import io.pocketllm.model.LanguageModel;
import io.pocketllm.model.LoraAdapter;
import io.pocketllm.objective.RowObjective;
import io.pocketllm.tensor.ParameterStore;
import io.pocketllm.tensor.Tensor;
import io.pocketllm.zo.MethodSpec;
import io.pocketllm.zo.MethodSpec.Space;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A model's forward graph with what a space adds to it, and the model's weights told apart: those
 * that move, as copies, and those that stay, as views of the file.
 *
 * @param adapters low-rank adapters; empty where the space has none
 */
record SpaceGraph(LanguageModel model, MethodSpec method, List<LoraAdapter> adapters) {

    /**
     * A fresh graph.
     *
     * @param copies blocks of rows that meet copies of what moves; 1 for a plain graph
     */
    ForwardGraph forward(int copies) {
        int prefixTokens = method.space() == Space.PREFIX ? method.prefixTokens() : 0;
        ForwardGraph forward =
                model.graph(
                        GraphOptions.PLAIN.withFp32(this::moves).withPrefixTokens(prefixTokens));
        boolean oneA =
                method.space() == Space.LORA_B
                        || method.direction() == MethodSpec.Direction.ACTIVATION_SUBSPACE;
        for (LoraAdapter adapter : adapters) {
            if (copies == 1) {
                adapter.addTo(forward.graph());
            } else {
                adapter.addBranchedTo(forward.graph(), copies, oneA);
            }
        }
        return forward;
    }

    /**
     * The objective at the parameters themselves: model, what the space adds, and the objective's
     * end in one graph.
     *
     * @param trainable gets what moves beside what adapters and head put there before
     * @param frozen adapter matrices that stay
     * @param seed decides a prefix's random text
     * @param threads threads of a forward pass
     */
    RowObjective objective(
            GraphEnd end, ParameterStore trainable, ParameterStore frozen, long seed, int threads) {
        if (method.space() == Space.PREFIX) {
            PrefixParameters.fromActivations(
                    model, method.prefixTokens(), seed, threads, trainable);
        }
        List<Tensor> weights = new ArrayList<>(divide(trainable));
        weights.addAll(trainable.tensors());
        weights.addAll(frozen.tensors());
        ForwardGraph forward = forward(1);
        GraphEnd.Added added = end.addTo(forward, 1);
        return added.objective().apply(new ForwardPass(forward.graph(), weights, threads));
    }

    /**
     * Copies the weights that move into {@code trainable}.
     *
     * @return the others
     * @throws UncheckedIOException where the model's file cannot be read any more
     */
    private List<Tensor> divide(ParameterStore trainable) {
        List<Tensor> staying = new ArrayList<>();
        for (Tensor weight : model.weights().values()) {
            if (moves(weight.name()) && weight.dtype().isWeight()) {
                copy(weight, trainable);
            } else {
                staying.add(weight);
            }
        }
        return staying;
    }

    private void copy(Tensor weight, ParameterStore trainable) {
        try {
            model.read(weight.name(), trainable.allocate(weight.name(), weight.shape()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean moves(String weight) {
        return switch (method.space()) {
            case FULL -> true;
            case BITFIT -> MethodSpec.isBiasOrNorm(weight);
            case HEAD, LORA, LORA_B, PREFIX -> false;
        };
    }
}
