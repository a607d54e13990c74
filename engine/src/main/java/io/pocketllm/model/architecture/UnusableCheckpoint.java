package io.pocketllm.model.architecture;

import io.pocketllm.model.ModelException;

/** Carries a {@link ModelException} through the building of a graph. */
final class UnusableCheckpoint extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient ModelException reason;

    UnusableCheckpoint(ModelException reason) {
        super(reason);
        this.reason = reason;
    }

    ModelException reason() {
        return reason;
    }
}
