package io.pocketllm.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.SparseTensorProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.pocketllm.tensor.DType;
import io.pocketllm.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A model whose weights have been taken out: the graph without them, and the tensors beside it.
 *
 * @param model the model without its weights; all that is left in it is inside it
 * @param tensors the weights by name, in the file's order
 * @param publishedNames for each weight its name for people
 * @param tiedCopies name of a repeated weight to its owner, which the graph reads instead
 */
record WeightGraph(
        ModelProto model,
        Map<String, Tensor> tensors,
        Map<String, String> publishedNames,
        Map<String, String> tiedCopies) {

    /** Tables that are no weights but lie outside the file are taken in up to this. */
    private static final long MAX_CONSTANT_BYTES = 64L << 20;

    /**
     * Takes the weights out of a model.
     *
     * @param file what messages name
     * @param external where numbers outside the file are; null refuses them
     */
    static WeightGraph of(String file, ModelProto source, ExternalData external)
            throws OnnxException {
        GraphProto.Builder graph = source.getGraph().toBuilder();
        LiftedConstants.lift(graph);
        NodeArity.require(file, graph.getNodeList());
        List<NodeProto> ordered = ordered(file, graph);
        Map<String, Tensor> floats = floats(file, graph, external);
        Set<String> selected = WeightSelection.of(graph.build(), ordered, floats::get);
        Map<String, String> names = WeightNames.of(ordered, selected);
        List<TiedWeights.Tie> ties = TiedWeights.find(tablesFirst(ordered, selected, floats));
        Map<String, String> copies = new LinkedHashMap<>();
        for (TiedWeights.Tie tie : ties) {
            copies.put(tie.copy(), tie.owner());
            selected.remove(tie.copy());
        }
        keepOnlyConstants(file, graph, selected, copies.keySet(), external);
        readOwners(graph, ties, floats);
        requireAllInside(file, graph.build());
        names.keySet().retainAll(selected);
        Map<String, Tensor> weights = new LinkedHashMap<>();
        selected.forEach(name -> weights.put(name, floats.get(name)));
        return new WeightGraph(
                source.toBuilder().setGraph(graph).build(),
                Collections.unmodifiableMap(weights),
                Collections.unmodifiableMap(names),
                Collections.unmodifiableMap(copies));
    }

    private static List<NodeProto> ordered(String file, GraphProto.Builder graph)
            throws OnnxException {
        try {
            return TopologicalOrder.of(graph.getNodeList());
        } catch (IllegalStateException e) {
            throw new OnnxException(
                    file + ": is damaged: " + e.getMessage(),
                    "Copy or download the model file again, or export it again.");
        }
    }

    private static Map<String, Tensor> floats(
            String file, GraphProto.Builder graph, ExternalData external) throws OnnxException {
        Map<String, Tensor> floats = new LinkedHashMap<>();
        for (TensorProto tensor : graph.getInitializerList()) {
            if (ElementTypes.isWeight(tensor.getDataType())
                    && floats.put(tensor.getName(), TensorBytes.of(file, tensor, external))
                            != null) {
                throw new OnnxException(
                        file + ": has two tensors named " + Shown.of(tensor.getName()),
                        "Export the model again.");
            }
        }
        return floats;
    }

    /** An embedding table owns its copies, so that checkpoints hold it as it was published. */
    private static List<Tensor> tablesFirst(
            List<NodeProto> nodes, Set<String> selected, Map<String, Tensor> floats) {
        Set<String> names = new LinkedHashSet<>();
        for (NodeProto node : nodes) {
            if (node.getOpType().equals("Gather") && selected.contains(node.getInput(0))) {
                names.add(node.getInput(0));
            }
        }
        names.addAll(selected);
        return names.stream().map(floats::get).toList();
    }

    private static void keepOnlyConstants(
            String file,
            GraphProto.Builder graph,
            Set<String> weights,
            Set<String> copies,
            ExternalData external)
            throws OnnxException {
        List<TensorProto> kept = new ArrayList<>();
        long taken = 0;
        for (TensorProto tensor : graph.getInitializerList()) {
            if (weights.contains(tensor.getName()) || copies.contains(tensor.getName())) {
                continue;
            }
            if (tensor.getDataLocation() == TensorProto.DataLocation.EXTERNAL) {
                TensorProto inside = takenIn(file, tensor, external);
                taken += inside.getRawData().size();
                if (taken > MAX_CONSTANT_BYTES) {
                    throw new OnnxException(
                            file
                                    + ": "
                                    + Shown.of(tensor.getName())
                                    + ": large tables outside the file that no layer uses as weights",
                            "Export the model again with Optimum; quantised models cannot be trained.");
                }
                kept.add(inside);
            } else {
                kept.add(tensor);
            }
        }
        graph.clearInitializer().addAllInitializer(kept);
    }

    private static TensorProto takenIn(String file, TensorProto tensor, ExternalData external)
            throws OnnxException {
        try {
            DType dtype = ElementTypes.dtype(tensor.getDataType()).orElseThrow();
            long bytes =
                    Math.multiplyExact(
                            Tensor.elements(ElementTypes.shape(tensor)), (long) dtype.bytes());
            if (external == null || bytes > MAX_CONSTANT_BYTES) {
                throw new IllegalArgumentException(bytes + " bytes outside the file");
            }
            ByteString raw =
                    UnsafeByteOperations.unsafeWrap(external.bytes(tensor, bytes).asByteBuffer());
            return tensor.toBuilder()
                    .clearExternalData()
                    .clearDataLocation()
                    .setRawData(raw)
                    .build();
        } catch (IllegalArgumentException
                | ArithmeticException
                | java.util.NoSuchElementException e) {
            throw new OnnxException(
                    file
                            + ": "
                            + Shown.of(tensor.getName())
                            + ": cannot be taken in ("
                            + Shown.of(e.getMessage())
                            + ")",
                    "Export the model again with Optimum; quantised models cannot be trained.");
        }
    }

    private static void readOwners(
            GraphProto.Builder graph, List<TiedWeights.Tie> ties, Map<String, Tensor> floats) {
        Map<String, String> instead = new LinkedHashMap<>();
        for (TiedWeights.Tie tie : ties) {
            if (!tie.transposed()) {
                instead.put(tie.copy(), tie.owner());
                continue;
            }
            // ONNX Runtime fuses it into the product that reads it, so no copy is made.
            String turned = tie.copy();
            graph.addNode(
                    NodeProto.newBuilder()
                            .setOpType("Transpose")
                            .setName(turned + "/tied")
                            .addInput(tie.owner())
                            .addOutput(turned)
                            .addAttribute(OnnxGraph.attribute("perm", new long[] {1, 0})));
        }
        GraphEdits.replaceReads(graph, instead);
        // Exports of IR 3 list initializers among the inputs too.
        for (TiedWeights.Tie tie : ties) {
            GraphEdits.removeInput(graph, tie.copy());
        }
    }

    /** ONNX Runtime would look for such files itself, from wherever the program was started. */
    private static void requireAllInside(String file, GraphProto graph) throws OnnxException {
        for (TensorProto tensor : graph.getInitializerList()) {
            requireInside(file, tensor);
        }
        for (SparseTensorProto sparse : graph.getSparseInitializerList()) {
            requireInside(file, sparse.getValues());
            requireInside(file, sparse.getIndices());
        }
        for (NodeProto node : graph.getNodeList()) {
            for (AttributeProto attribute : node.getAttributeList()) {
                requireInside(file, attribute.getSparseTensor().getValues());
                requireInside(file, attribute.getT());
                for (TensorProto tensor : attribute.getTensorsList()) {
                    requireInside(file, tensor);
                }
                requireAllInside(file, attribute.getG());
                for (GraphProto branch : attribute.getGraphsList()) {
                    requireAllInside(file, branch);
                }
            }
        }
    }

    private static void requireInside(String file, TensorProto tensor) throws OnnxException {
        if (tensor.getDataLocation() == TensorProto.DataLocation.EXTERNAL) {
            throw new OnnxException(
                    file
                            + ": "
                            + Shown.of(tensor.getName())
                            + ": a tensor inside a node or branch keeps its numbers in a file of its own",
                    "Export the model again with its weights as initializers.");
        }
    }
}
