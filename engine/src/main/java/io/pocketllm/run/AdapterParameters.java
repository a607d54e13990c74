package io.pocketllm.run;

import io.pocketllm.model.LoraAdapter;
import io.pocketllm.model.Projection;
import io.pocketllm.objective.PrincipalDirections;
import io.pocketllm.tensor.ParameterStore;
import io.pocketllm.tensor.Tensor;
import io.pocketllm.zo.MethodSpec;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/** LoRA adapters on query and value projections, and their parameters before the first step. */
final class AdapterParameters {

    private AdapterParameters() {}

    /**
     * Adapters at LoRA's start: A uniform as a linear layer's own, B zero.
     *
     * @param homeOfA holds A: {@code trainable} where it moves too
     */
    static List<LoraAdapter> plain(
            List<Projection> projections,
            MethodSpec method,
            long seed,
            ParameterStore homeOfA,
            ParameterStore trainable) {
        SplittableRandom random = new SplittableRandom(seed);
        List<LoraAdapter> adapters = new ArrayList<>();
        Set<String> made = new HashSet<>();
        for (Projection projection : projections) {
            LoraAdapter adapter = adapter(projection, method);
            // A layer that is used twice is listed twice and has one adapter.
            if (!made.add(adapter.a())) {
                adapters.add(adapter);
                continue;
            }
            Tensor a = homeOfA.allocate(adapter.a(), adapter.inSize(), adapter.rank());
            double bound = Math.sqrt(1.0 / adapter.inSize());
            for (long i = 0; i < a.elements(); i++) {
                a.set(i, (float) random.nextDouble(-bound, bound));
            }
            trainable.allocate(adapter.b(), adapter.rank(), adapter.outSize());
            adapters.add(adapter);
        }
        return adapters;
    }

    /**
     * Adapters whose A is the top directions of the layer's inputs and stays; B moves, from zero.
     */
    static List<LoraAdapter> inSubspace(
            Map<Projection, PrincipalDirections> activations,
            MethodSpec method,
            ParameterStore frozen,
            ParameterStore trainable) {
        List<LoraAdapter> adapters = new ArrayList<>();
        Set<String> made = new HashSet<>();
        activations.forEach(
                (projection, directions) -> {
                    LoraAdapter adapter = adapter(projection, method);
                    if (made.add(adapter.a())) {
                        frozen.allocate(adapter.a(), adapter.inSize(), adapter.rank())
                                .copyFrom(directions.columns(adapter.rank(), 0));
                        trainable.allocate(adapter.b(), adapter.rank(), adapter.outSize());
                    }
                    adapters.add(adapter);
                });
        return adapters;
    }

    private static LoraAdapter adapter(Projection projection, MethodSpec method) {
        return new LoraAdapter(
                projection.name(),
                projection.input(),
                projection.output(),
                projection.inSize(),
                projection.outSize(),
                Math.min(method.loraRank(), projection.inSize()),
                method.loraAlpha());
    }
}
