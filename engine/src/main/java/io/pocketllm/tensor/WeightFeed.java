package io.pocketllm.tensor;

import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * Gives weights as fp32, part by part, as they stand at the moment: the stored numbers, or these
 * and what an optimiser would have added to them. So weights kept as halves are looked at around
 * themselves without being rounded there and back.
 */
@FunctionalInterface
public interface WeightFeed {

    /**
     * Elements [from, to) of a tensor.
     *
     * @param target fp32 memory of to − from numbers
     */
    record Part(Tensor tensor, long from, long to, MemorySegment target) {

        /** How many numbers it is. */
        public long elements() {
            return to - from;
        }
    }

    /** Writes each part's numbers to its target; returns when all of it is done. */
    void write(List<Part> parts);

    /** The stored numbers, widened exactly. */
    WeightFeed AS_STORED =
            parts -> {
                float[] values = new float[4096];
                Widening widening = new Widening();
                for (Part part : parts) {
                    for (long at = 0; at < part.elements(); at += values.length) {
                        int count = (int) Math.min(values.length, part.elements() - at);
                        widening.read(part.tensor(), part.from() + at, values, count);
                        MemorySegment.copy(values, 0, part.target(), Tensor.FLOAT, 4 * at, count);
                    }
                }
            };
}
