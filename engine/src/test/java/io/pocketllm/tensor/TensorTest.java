package io.pocketllm.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TensorTest {

    private final Arena arena = Arena.ofConfined();

    @AfterEach
    void freeTheMemory() {
        arena.close();
    }

    @Test
    void theShapeSaysHowManyNumbersThereAre() {
        assertThat(tensor(3, 5).elements()).isEqualTo(15);
        assertThat(tensor().elements()).as("a scalar").isEqualTo(1);
        assertThat(tensor(4, 0).elements()).as("an empty tensor").isZero();
    }

    @Test
    void memoryThatDoesNotFitTheShapeIsRefusedWithBothSizes() {
        MemorySegment tooSmall = arena.allocate(20);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Tensor("encoder.weight", new long[] {2, 3}, tooSmall))
                .withMessage("encoder.weight: shape [2, 3] needs 24 bytes, but there are 20");
    }

    @Test
    void negativeSizesAreRefusedEvenWhereTheirProductIsPositive() {
        MemorySegment six = arena.allocate(24);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Tensor("w", new long[] {-2, -3}, six))
                .withMessageContaining("[-2, -3]");
    }

    @Test
    void aShapeBeyondSixtyFourBitsIsRefused() {
        assertThatExceptionOfType(ArithmeticException.class)
                .isThrownBy(() -> Tensor.elements(1L << 40, 1L << 40));
    }

    @Test
    void anIndexOutsideIsRefused() {
        Tensor tensor = tensor(2, 3);

        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> tensor.get(6));
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> tensor.get(-1));
        assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(() -> tensor.set(6, 1f));
        assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(() -> tensor.copyFrom(new float[7]));
    }

    @Test
    void numbersAreRowMajorAndComeBackAsWritten() {
        Tensor tensor = tensor(2, 2);
        tensor.copyFrom(new float[] {1, Float.NaN, -0f, Float.MIN_VALUE});
        tensor.set(0, 7);

        assertThat(tensor.get(0)).isEqualTo(7);
        assertThat(tensor.toArray()).containsExactly(7, Float.NaN, -0f, Float.MIN_VALUE);
    }

    @Test
    void theBufferForOnnxRuntimeIsTheSameMemory() {
        Tensor tensor = tensor(3);
        var buffer = tensor.buffer().asFloatBuffer();

        tensor.set(1, 2.5f);
        assertThat(buffer.get(1)).isEqualTo(2.5f);
        buffer.put(2, -1f);
        assertThat(tensor.get(2)).isEqualTo(-1f);
        assertThat(buffer.isDirect()).isTrue();
        assertThat(buffer.capacity()).isEqualTo(3);
    }

    @Test
    void theShapeCannotBeChangedFromOutside() {
        long[] given = {2, 3};
        Tensor tensor = new Tensor("w", given, arena.allocate(24));

        given[0] = 99;
        tensor.shape()[1] = 99;

        assertThat(tensor.shape()).containsExactly(2, 3);
    }

    /** Mapped files place a tensor anywhere. */
    @Test
    void aTensorMayStartAtAnyByte() {
        MemorySegment odd = arena.allocate(16, 8).asSlice(3, 8);
        Tensor tensor = new Tensor("w", new long[] {2}, odd);

        tensor.copyFrom(new float[] {1.5f, -3});

        assertThat(tensor.toArray()).containsExactly(1.5f, -3);
    }

    private Tensor tensor(long... shape) {
        return new Tensor("w", shape, arena.allocate(4 * Tensor.elements(shape)));
    }
}
