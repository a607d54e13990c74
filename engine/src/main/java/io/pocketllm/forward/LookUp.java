package io.pocketllm.forward;

import io.pocketllm.data.Batch;
import io.pocketllm.onnx.Segment;
import io.pocketllm.tensor.Tensor;
import io.pocketllm.tensor.WeightFeed;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The rows of a table that a batch asks for.
 *
 * @param ids each row once, in the order they are first asked for
 * @param places where each look-up finds its row among them
 * @param shape sizes of {@code places}' dimensions
 */
record LookUp(Segment.Rows table, long[] ids, long[] places, long[] shape) {

    static LookUp of(Segment.Rows table, Batch batch) {
        boolean fixed = table.ids() == null;
        long[] asked = fixed ? table.fixed() : BatchInputs.numbers(batch, table.ids());
        long[] shape = fixed ? new long[] {asked.length} : BatchInputs.shape(batch, table.ids());
        Map<Long, Integer> placeOf = new LinkedHashMap<>();
        long[] places = new long[asked.length];
        for (int i = 0; i < asked.length; i++) {
            int next = placeOf.size();
            places[i] = placeOf.computeIfAbsent(asked[i], id -> next);
        }
        long[] ids = placeOf.keySet().stream().mapToLong(Long::longValue).toArray();
        return new LookUp(table, ids, places, shape);
    }

    /** How many numbers its rows have. */
    long numbers() {
        return ids.length * table.rowSize();
    }

    /**
     * The rows, one behind another.
     *
     * @param target of {@link #numbers} numbers
     */
    List<WeightFeed.Part> parts(Tensor weight, MemorySegment target) {
        long size = table.rowSize();
        List<WeightFeed.Part> parts = new ArrayList<>();
        for (int place = 0; place < ids.length; place++) {
            long from = ids[place] * size;
            parts.add(
                    new WeightFeed.Part(
                            weight, from, from + size, target.asSlice(4 * place * size, 4 * size)));
        }
        return parts;
    }
}
