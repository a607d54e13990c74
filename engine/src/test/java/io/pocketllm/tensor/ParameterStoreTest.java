package io.pocketllm.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;

class ParameterStoreTest {

    @Test
    void newTensorsAreZeroAndAlignedToACacheLine() {
        try (ParameterStore store = new ParameterStore()) {
            for (int i = 1; i < 20; i++) {
                Tensor tensor = store.allocate("w" + i, i, 3);

                assertThat(tensor.toArray()).hasSize(3 * i).containsOnly(0f);
                assertThat(tensor.memory().address() % 64).isZero();
            }
        }
    }

    @Test
    void tensorsKeepTheOrderTheyWereAddedIn() {
        try (ParameterStore store = new ParameterStore()) {
            store.allocate("z", 2);
            store.allocate("a", 3, 4);
            store.allocate("m");

            assertThat(store.tensors()).extracting(Tensor::name).containsExactly("z", "a", "m");
            assertThat(store.elements()).isEqualTo(2 + 12 + 1);
            assertThat(store.get("a").shape()).containsExactly(3, 4);
        }
    }

    @Test
    void aNameIsTakenOnlyOnce() {
        try (ParameterStore store = new ParameterStore()) {
            store.allocate("bias", 2).set(0, 5);

            assertThatIllegalArgumentException()
                    .isThrownBy(() -> store.allocate("bias", 2))
                    .withMessageContaining("bias");
            assertThat(store.get("bias").get(0)).isEqualTo(5);
        }
    }

    @Test
    void anUnknownNameIsRefusedWithTheNamesThereAre() {
        try (ParameterStore store = new ParameterStore()) {
            store.allocate("weight", 1);

            assertThatIllegalArgumentException()
                    .isThrownBy(() -> store.get("wait"))
                    .withMessageContainingAll("wait", "weight");
        }
    }

    @Test
    void aCopyHasTheNumbersAndNotTheMemory() {
        try (ParameterStore source = new ParameterStore();
                ParameterStore store = new ParameterStore()) {
            Tensor original = source.allocate("w", 2, 2);
            original.copyFrom(new float[] {1, 2, 3, 4});

            Tensor copy = store.copyOf(original);
            original.set(0, 99);

            assertThat(copy.name()).isEqualTo("w");
            assertThat(copy.shape()).containsExactly(2, 2);
            assertThat(copy.toArray()).containsExactly(1, 2, 3, 4);
        }
    }

    @Test
    void theListOfTensorsCannotBeChangedFromOutside() {
        try (ParameterStore store = new ParameterStore()) {
            store.allocate("w", 1);

            org.assertj.core.api.Assertions.assertThatExceptionOfType(
                            UnsupportedOperationException.class)
                    .isThrownBy(() -> store.tensors().clear());
        }
    }

    @Test
    void nothingReadsATensorAfterItsStoreIsClosed() {
        ParameterStore store = new ParameterStore();
        Tensor tensor = store.allocate("w", 1);
        store.close();

        assertThatIllegalStateException().isThrownBy(() -> tensor.get(0));
    }
}
