package io.pocketllm.forward;

import io.pocketllm.onnx.OnnxGraph;

/**
 * Hears of every pass of a run, so that what each would cost elsewhere can be counted. Called on
 * the thread that runs the passes.
 */
public interface PassWatch {

    /** Hears of nothing. */
    PassWatch NONE =
            new PassWatch() {
                @Override
                public Listener of(OnnxGraph graph) {
                    return Listener.NONE;
                }

                @Override
                public Listener ofLinear(long inner, long columns) {
                    return Listener.NONE;
                }
            };

    /** Runs of one graph. */
    @FunctionalInterface
    interface Listener {

        /** Hears nothing. */
        Listener NONE = (rows, length, answers) -> {};

        /**
         * The graph was run once.
         *
         * @param rows rows of the batch
         * @param length tokens of a row, padding included
         * @param answers predicted tokens; 0 where the graph predicts none
         */
        void ran(int rows, int length, int answers);
    }

    /** A pass over this graph is about to be made. */
    Listener of(OnnxGraph graph);

    /**
     * A linear layer is computed without a graph; its runs tell rows alone.
     *
     * @param inner numbers of a row
     * @param columns results of a row
     */
    Listener ofLinear(long inner, long columns);
}
