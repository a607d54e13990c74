package io.pocketllm.device.work;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.List;
import java.util.Map;

/** A node together with what is known of its inputs. */
record Node(NodeProto proto, Map<String, Value> values) {

    String operator() {
        return proto.getOpType();
    }

    /** True where the input is there: optional ones may be left out. */
    boolean has(int input) {
        return input < proto.getInputCount() && !proto.getInput(input).isEmpty();
    }

    Value input(int index) {
        Value value = has(index) ? values.get(proto.getInput(index)) : null;
        if (value == null) {
            throw refuse(
                    "the shape of its input "
                            + index
                            + (has(index) ? ", " + proto.getInput(index) + "," : "")
                            + " is not known");
        }
        return value;
    }

    /** The integers an input consists of. */
    long[] numbers(int input) {
        long[] numbers = input(input).numbers();
        if (numbers == null) {
            throw refuse("its input " + input + " decides a shape and is not known");
        }
        return numbers;
    }

    /** Integers of an input where it is there, else of an attribute; null for neither. */
    long[] numbers(int input, String attribute) {
        if (has(input)) {
            return numbers(input);
        }
        AttributeProto found = attribute(attribute);
        return found == null ? null : longs(found.getIntsList());
    }

    long integer(String attribute, long otherwise) {
        AttributeProto found = attribute(attribute);
        return found == null ? otherwise : found.getI();
    }

    long[] integers(String attribute) {
        AttributeProto found = attribute(attribute);
        return found == null ? null : longs(found.getIntsList());
    }

    TensorProto tensor(String attribute) {
        AttributeProto found = attribute(attribute);
        return found == null ? null : found.getT();
    }

    private AttributeProto attribute(String name) {
        for (AttributeProto attribute : proto.getAttributeList()) {
            if (attribute.getName().equals(name)) {
                return attribute;
            }
        }
        return null;
    }

    IllegalArgumentException refuse(String why) {
        return new IllegalArgumentException(
                "node " + proto.getName() + " (" + operator() + "): " + why);
    }

    private static long[] longs(List<Long> list) {
        return list.stream().mapToLong(Long::longValue).toArray();
    }
}
