package io.pocketllm.onnx;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import java.io.IOException;

/**
 * Walks a protobuf message without building it and adds up what building it would take of the heap.
 * Two bytes of a file can become an object of a hundred, so a small file could otherwise fill any
 * heap. Raw tensor bytes are passed over: they stay views of the file.
 */
final class WireCheck {

    /** A guess from above for a parsed message and the list slot that holds it. */
    private static final long MESSAGE_BYTES = 160;

    /** A string or number in a list. */
    private static final long FIELD_BYTES = 48;

    private static final int MAX_DEPTH = 90;

    private final long mostHeapBytes;
    private long heapBytes;

    private WireCheck(long mostHeapBytes) {
        this.mostHeapBytes = mostHeapBytes;
    }

    /**
     * @param input at the start of a message; read to its end
     * @throws InvalidProtocolBufferException where the bytes are no such message, or building it
     *     would take more than {@code mostHeapBytes}
     */
    static void requireSmall(CodedInputStream input, Descriptor type, long mostHeapBytes)
            throws IOException {
        new WireCheck(mostHeapBytes).message(input, type, 0);
    }

    private void message(CodedInputStream input, Descriptor type, int depth) throws IOException {
        if (depth > MAX_DEPTH) {
            throw new InvalidProtocolBufferException("messages nested too deeply");
        }
        count(MESSAGE_BYTES);
        for (int tag = input.readTag(); tag != 0; tag = input.readTag()) {
            if (WireFormat.getTagWireType(tag) != WireFormat.WIRETYPE_LENGTH_DELIMITED) {
                count(FIELD_BYTES);
                if (!input.skipField(tag)) {
                    return;
                }
                continue;
            }
            FieldDescriptor field = type.findFieldByNumber(WireFormat.getTagFieldNumber(tag));
            int length = input.readRawVarint32();
            if (field != null && field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
                int limit = input.pushLimit(length);
                message(input, field.getMessageType(), depth + 1);
                input.checkLastTagWas(0);
                input.popLimit(limit);
            } else {
                count(FIELD_BYTES + heldBytes(field, length));
                input.skipRawBytes(length);
            }
        }
    }

    private static long heldBytes(FieldDescriptor field, int length) {
        if (field != null && field.getJavaType() == FieldDescriptor.JavaType.BYTE_STRING) {
            // A view of the mapped file.
            return 0;
        }
        boolean packedVarints =
                field != null
                        && (field.getJavaType() == FieldDescriptor.JavaType.LONG
                                || field.getJavaType() == FieldDescriptor.JavaType.INT);
        return packedVarints ? 8L * length : length;
    }

    private void count(long bytes) throws InvalidProtocolBufferException {
        heapBytes += bytes;
        if (heapBytes > mostHeapBytes) {
            throw new InvalidProtocolBufferException(
                    "its structure alone would take more than "
                            + (mostHeapBytes >> 20)
                            + " MiB of memory");
        }
    }
}
