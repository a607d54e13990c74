package io.pocketllm.device;

/** Numbers that a matrix product is made of. */
public enum Precision {
    /** 32-bit floating point. */
    FP32,
    /** 16-bit floating point, either kind. */
    FP16,
    /** 8-bit integers. */
    INT8,
    /** 4-bit integers, unpacked while multiplying. */
    INT4
}
