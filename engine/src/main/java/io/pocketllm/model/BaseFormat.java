package io.pocketllm.model;

import io.pocketllm.tensor.DType;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How the large matrices of a model are kept while nothing trains them: linear layers, the table of
 * words and the matrix that scores words. Norms, biases and the other tables stay as they are.
 * docs/quantisation.md has the mathematics and what each costs.
 */
public enum BaseFormat {
    /** As in the file. */
    AS_STORED("stored"),
    FP32("fp32"),
    /** Half precision, widened at use. */
    FP16("fp16"),
    /** Eight bits and one scale for each output; inputs are rounded to eight bits too. Fastest. */
    INT8("int8"),
    /** Eight bits and one scale for each block of inputs. */
    INT8_BLOCK("int8-block"),
    /** Four bits, a scale and a zero point for each block of inputs. Smallest. */
    INT4("int4");

    private final String label;

    BaseFormat(String label) {
        this.label = label;
    }

    /** Its name in a run file. */
    public String label() {
        return label;
    }

    /** True where the matrices become constants of the graph rather than inputs. */
    public boolean isQuantised() {
        return this == INT8 || isBlockwise();
    }

    /** True where linear layers have one scale for each block of inputs. */
    public boolean isBlockwise() {
        return this == INT8_BLOCK || this == INT4;
    }

    /**
     * How a weight is kept while training moves it.
     *
     * @param stored how the checkpoint stores it
     * @param dimensions its dimensions; vectors are few and keep their format
     * @param movesHalves whether the method can move halves; else all are fp32
     */
    public DType masters(DType stored, int dimensions, boolean movesHalves) {
        if (!movesHalves || this == FP32) {
            return DType.F32;
        }
        return this == FP16 && stored == DType.F32 && dimensions > 1 ? DType.F16 : stored;
    }

    /** The format of that name. */
    public static Optional<BaseFormat> of(String label) {
        return Arrays.stream(values()).filter(f -> f.label.equals(label)).findFirst();
    }

    /** All names, for messages. */
    public static String labels() {
        return Arrays.stream(values()).map(BaseFormat::label).collect(Collectors.joining(", "));
    }
}
