package io.pocketllm.device;

/** Numbers that a matrix product is made of. */
public enum Precision {
    /** 32-bit floating point. */
    FP32,
    /** 16-bit floating point, either kind. */
    FP16,
    /** 8-bit integers, one scale an output. */
    INT8,
    /** 8-bit integers with a scale for each block of inputs. */
    INT8_BLOCK,
    /** 4-bit integers, unpacked while multiplying. */
    INT4
}
