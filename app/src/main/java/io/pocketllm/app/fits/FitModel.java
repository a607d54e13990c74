package io.pocketllm.app.fits;

import io.pocketllm.model.ModelInfo;

/**
 * A model of the table.
 *
 * @param name for people
 * @param path where its files are, as a run file names it; empty where only its published sizes are
 *     known
 * @param info its sizes
 */
public record FitModel(String name, String path, ModelInfo info) {

    /** Whether its files are here, so that a run can be started. */
    public boolean hasFiles() {
        return !path.isEmpty();
    }
}
