package io.pocketllm.forward;

import io.pocketllm.data.Batch;
import java.util.List;

/** A graph with its weights, ready to run. Not for use from several threads at once. */
public interface GraphPass extends AutoCloseable {

    /**
     * Runs the graph on a batch.
     *
     * @return the output's numbers, row-major
     * @throws ForwardException where ONNX Runtime fails
     */
    default float[] run(Batch batch, String output) {
        return run(batch, List.of(output)).getFirst();
    }

    /**
     * Runs the graph on a batch, in pieces where it has more examples than {@link
     * ForwardOptions#microBatch}. Every output's first dimension has to follow the batch's rows or
     * its answers, as all of this program's do.
     *
     * @return the numbers of each of {@code outputs}, row-major, in their order
     * @throws ForwardException where ONNX Runtime fails
     */
    List<float[]> run(Batch batch, List<String> outputs);

    @Override
    void close();
}
