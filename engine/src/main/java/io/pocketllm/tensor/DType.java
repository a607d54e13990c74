package io.pocketllm.tensor;

import java.util.Optional;

/** How a tensor's numbers are stored. The names are those of the safetensors format. */
public enum DType {
    /** IEEE 754 single precision. */
    F32(4),
    /** IEEE 754 half precision. */
    F16(2),
    /** The upper half of a single-precision number. */
    BF16(2),
    F64(8),
    I64(8),
    I32(4),
    I16(2),
    I8(1),
    U8(1),
    BOOL(1);

    private final int bytes;

    DType(int bytes) {
        this.bytes = bytes;
    }

    /** Bytes a number takes. */
    public int bytes() {
        return bytes;
    }

    /** True for the formats weights come in: F32, F16, BF16. */
    public boolean isWeight() {
        return this == F32 || this == F16 || this == BF16;
    }

    /** The format of that name; empty for one that this program does not know. */
    public static Optional<DType> of(String name) {
        for (DType dtype : values()) {
            if (dtype.name().equals(name)) {
                return Optional.of(dtype);
            }
        }
        return Optional.empty();
    }
}
