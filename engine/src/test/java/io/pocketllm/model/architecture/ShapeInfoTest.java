package io.pocketllm.model.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pocketllm.model.ModelException;
import io.pocketllm.tensor.DType;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Sizes told from a configuration beside those of a checkpoint that is really opened. */
class ShapeInfoTest {

    @TempDir private Path folder;

    static java.util.List<String> shapes() {
        return ShapeCatalogue.names();
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void theSizesOfAShapeAreThoseOfItsCheckpoint(String shape) throws Exception {
        assertThat(ShapeInfo.of(shape, DType.F32))
                .isEqualTo(SparseCheckpoint.info(folder, shape, DType.F32));
    }

    @Test
    void halfPrecisionIsTold() throws Exception {
        assertThat(ShapeInfo.of("opt-tiny", DType.F16).dtype()).isEqualTo(DType.F16);
    }

    @Test
    void anUnknownShapeIsRefusedWithThoseThereAre() {
        assertThatThrownBy(() -> ShapeInfo.of("opt-9t", DType.F32))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("opt-9t");
    }
}
