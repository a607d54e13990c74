package io.pocketllm.model.base;

import io.pocketllm.tensor.DType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

/** What codes mean, number by number: the slow twin of ONNX Runtime's operators. */
final class Decoded {

    private Decoded() {}

    /** The weights of a matrix as (out, in). */
    static float[] of(Kernel kernel, Matrix matrix, MemorySegment[] parts) {
        List<Kernel.Part> described = kernel.parts(matrix);
        float[] weights = new float[matrix.outSize() * matrix.inSize()];
        for (int o = 0; o < matrix.outSize(); o++) {
            for (int i = 0; i < matrix.inSize(); i++) {
                weights[o * matrix.inSize() + i] =
                        described.getFirst().dtype() == DType.I8
                                ? channel(parts, matrix, o, i)
                                : block(parts, described, o, i);
            }
        }
        return weights;
    }

    private static float channel(MemorySegment[] parts, Matrix matrix, int o, int i) {
        byte code = parts[0].get(ValueLayout.JAVA_BYTE, (long) i * matrix.outSize() + o);
        return code * scale(parts, o);
    }

    private static float block(MemorySegment[] parts, List<Kernel.Part> described, int o, int i) {
        long[] shape = described.getFirst().shape();
        int blocks = (int) shape[1];
        boolean four = described.size() == 3;
        int blockSize = (int) shape[2] * (four ? 2 : 1);
        int block = o * blocks + i / blockSize;
        int at = block * blockSize + i % blockSize;
        int zero = four ? half(parts[2], o * 2 * ((blocks + 1) / 2) + i / blockSize) : 128;
        int code = four ? half(parts[0], at) : parts[0].get(ValueLayout.JAVA_BYTE, at) & 0xff;
        return (code - zero) * scale(parts, block);
    }

    private static int half(MemorySegment codes, int i) {
        int both = codes.get(ValueLayout.JAVA_BYTE, i / 2) & 0xff;
        return i % 2 == 0 ? both & 15 : both >> 4;
    }

    static float scale(MemorySegment[] parts, int i) {
        return parts[1].get(ValueLayout.JAVA_FLOAT_UNALIGNED, 4L * i);
    }
}
