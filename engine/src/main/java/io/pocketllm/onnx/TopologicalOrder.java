package io.pocketllm.onnx;

import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;

/**
 * Orders nodes so that each comes after the nodes whose outputs it reads, keeping the given order
 * where it can (Kahn).
 */
final class TopologicalOrder {

    private TopologicalOrder() {}

    static List<NodeProto> of(List<NodeProto> nodes) {
        Map<String, Integer> producer = new HashMap<>();
        for (int i = 0; i < nodes.size(); i++) {
            for (String output : nodes.get(i).getOutputList()) {
                // An empty name stands for an optional output that is left out.
                if (!output.isEmpty()) {
                    producer.put(output, i);
                }
            }
        }
        int[] waitingFor = new int[nodes.size()];
        List<List<Integer>> readers = new ArrayList<>();
        nodes.forEach(n -> readers.add(new ArrayList<>()));
        for (int i = 0; i < nodes.size(); i++) {
            for (String input : nodes.get(i).getInputList()) {
                Integer from = producer.get(input);
                if (from != null) {
                    readers.get(from).add(i);
                    waitingFor[i]++;
                }
            }
        }
        Queue<Integer> ready = new PriorityQueue<>();
        for (int i = 0; i < nodes.size(); i++) {
            if (waitingFor[i] == 0) {
                ready.add(i);
            }
        }
        List<NodeProto> sorted = new ArrayList<>(nodes.size());
        while (!ready.isEmpty()) {
            int i = ready.remove();
            sorted.add(nodes.get(i));
            for (int reader : readers.get(i)) {
                if (--waitingFor[reader] == 0) {
                    ready.add(reader);
                }
            }
        }
        if (sorted.size() != nodes.size()) {
            throw new IllegalStateException("the graph has a cycle");
        }
        return sorted;
    }
}
