package io.pocketllm.forward;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxTensorLike;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.pocketllm.data.Batch;
import io.pocketllm.onnx.OnnxGraph;
import io.pocketllm.onnx.Segment;
import io.pocketllm.onnx.SegmentedGraph;
import io.pocketllm.tensor.ParameterStore;
import io.pocketllm.tensor.Tensor;
import io.pocketllm.tensor.WeightFeed;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A graph that runs in segments, whose weights go through one small buffer: the store's feed writes
 * those of the next segment as they stand at the moment, in fp32. So a model in half precision is
 * trained without a second copy of it, whatever the probes add to it.
 *
 * <p>Segments that do the same share a session, so a model of many equal layers needs a handful.
 * The store must outlive the pass.
 */
public final class StreamedPass implements GraphPass {

    /** Numbers of weights that are fed at once: 32 MiB of fp32. */
    static final long ROOM = 8L << 20;

    private final OrtEnvironment environment;
    private final OrtSession.SessionOptions options;
    private final Map<ByteBuffer, OrtSession> sessions = new LinkedHashMap<>();
    private final List<Segment> segments;
    private final List<OrtSession> sessionOf = new ArrayList<>();
    private final List<String> dataInputs;
    private final Map<String, OnnxTensor> resident = new HashMap<>();
    private final ParameterStore store;
    private final Scratch slices = new Scratch();
    private final Scratch rows = new Scratch();
    private final int microBatch;
    private final PassWatch.Listener listener;

    /**
     * @param graph its trained weights are fp32 inputs
     * @param store what moves: every tensor of it goes through its feed
     * @param others weights that stay, fed from their own memory
     * @param cuts values after which a segment ends, such as the layers' outputs
     * @param room numbers of weights that are fed at once
     * @param listener told of each run of the whole graph
     * @throws ForwardException where the graph cannot be used
     */
    StreamedPass(
            OnnxGraph graph,
            ParameterStore store,
            Collection<Tensor> others,
            ForwardOptions how,
            Collection<String> cuts,
            long room,
            PassWatch.Listener listener) {
        this.listener = listener;
        this.store = store;
        Set<String> streamed =
                store.tensors().stream()
                        .map(Tensor::name)
                        .filter(graph.weightInputs()::contains)
                        .collect(Collectors.toSet());
        segments = SegmentedGraph.cut(graph, streamed, room, Set.copyOf(cuts));
        dataInputs = graph.dataInputs();
        microBatch = how.microBatch();
        try {
            environment = Sessions.environment();
            options = Sessions.options(how);
            // Each session would have an arena of its own, and only one of them works at a time.
            options.setCPUArenaAllocator(how.memory() == MemoryProfile.FAST);
            for (Segment segment : segments) {
                ByteBuffer model = ByteBuffer.wrap(segment.model());
                OrtSession session = sessions.get(model);
                if (session == null) {
                    session = environment.createSession(segment.model(), options);
                    sessions.put(model, session);
                }
                sessionOf.add(session);
            }
            for (Tensor tensor : others) {
                if (graph.weightInputs().contains(tensor.name())) {
                    resident.put(
                            tensor.name(),
                            OnnxTensor.createTensor(
                                    environment,
                                    tensor.buffer(),
                                    tensor.shape(),
                                    ForwardPass.javaType(tensor)));
                }
            }
        } catch (OrtException e) {
            throw new ForwardException("ONNX Runtime cannot load the graph: " + e.getMessage(), e);
        }
    }

    /** How many segments there are, and how many sessions they share. */
    public record Layout(int segments, int sessions) {}

    /** How the graph was cut. */
    public Layout layout() {
        return new Layout(segments.size(), sessions.size());
    }

    /** One piece of a batch on its way through the segments. */
    private final class Flow implements AutoCloseable {

        private final Batch batch;
        private final Map<String, OnnxTensor> values = new HashMap<>();

        Flow(Batch batch) throws OrtException {
            this.batch = batch;
            for (String name : dataInputs) {
                values.put(
                        name,
                        longs(BatchInputs.numbers(batch, name), BatchInputs.shape(batch, name)));
            }
        }

        OnnxTensor value(String name) {
            OnnxTensor mine = values.get(name);
            return mine == null ? resident.get(name) : mine;
        }

        void drop(List<String> names) {
            for (String name : names) {
                OnnxTensor value = values.remove(name);
                if (value != null) {
                    value.close();
                }
            }
        }

        @Override
        public void close() {
            values.values().forEach(OnnxTensor::close);
        }
    }

    private OnnxTensor longs(long[] numbers, long[] shape) throws OrtException {
        return OnnxTensor.createTensor(environment, LongBuffer.wrap(numbers), shape);
    }

    @Override
    public List<float[]> run(Batch batch, List<String> outputs) {
        List<Flow> flows = new ArrayList<>();
        try {
            for (Batch piece : BatchInputs.pieces(batch, microBatch)) {
                flows.add(new Flow(piece));
            }
            for (int s = 0; s < segments.size(); s++) {
                run(segments.get(s), sessionOf.get(s), flows);
            }
            for (Flow flow : flows) {
                listener.ran(flow.batch.size(), flow.batch.length(), flow.batch.answers().size());
            }
            List<List<float[]>> pieces = new ArrayList<>();
            for (Flow flow : flows) {
                pieces.add(
                        outputs.stream()
                                .map(output -> BatchInputs.floats(flow.value(output)))
                                .toList());
            }
            return BatchInputs.joined(pieces);
        } catch (OrtException e) {
            throw new ForwardException(
                    "ONNX Runtime failed in a forward pass: " + e.getMessage(), e);
        } finally {
            flows.forEach(Flow::close);
        }
    }

    private void run(Segment segment, OrtSession session, List<Flow> flows) throws OrtException {
        List<Segment.Slice> wanted = ofKind(segment, Segment.Slice.class);
        long numbers = wanted.stream().mapToLong(slice -> Tensor.elements(slice.shape())).sum();
        slices.prepare(numbers, wanted.size());
        List<WeightFeed.Part> parts = new ArrayList<>();
        try (TensorScope scope = new TensorScope()) {
            Map<String, OnnxTensorLike> weights = new HashMap<>();
            for (Segment.Slice slice : wanted) {
                long count = Tensor.elements(slice.shape());
                MemorySegment target = slices.take(count);
                parts.add(
                        new WeightFeed.Part(
                                store.get(slice.weight()),
                                slice.from(),
                                slice.from() + count,
                                target));
                weights.put(slice.input(), scope.keep(floats(target, slice.shape())));
            }
            store.feed().write(parts);
            for (Flow flow : flows) {
                step(segment, session, flow, weights);
            }
        }
    }

    private static <W> List<W> ofKind(Segment segment, Class<W> kind) {
        return segment.weights().stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    private OnnxTensor floats(MemorySegment memory, long[] shape) throws OrtException {
        return OnnxTensor.createTensor(
                environment,
                memory.asByteBuffer().order(ByteOrder.nativeOrder()).asFloatBuffer(),
                shape);
    }

    private void step(
            Segment segment, OrtSession session, Flow flow, Map<String, OnnxTensorLike> weights)
            throws OrtException {
        Map<String, OnnxTensorLike> inputs = new HashMap<>(weights);
        segment.values().forEach((inside, outside) -> inputs.put(inside, flow.value(outside)));
        try (TensorScope scope = new TensorScope()) {
            lookUp(ofKind(segment, Segment.Rows.class), flow.batch, inputs, scope);
            OrtSession.Result result = session.run(inputs, segment.outputs().keySet());
            for (Map.Entry<String, String> output : segment.outputs().entrySet()) {
                flow.values.put(
                        output.getValue(), (OnnxTensor) result.get(output.getKey()).orElseThrow());
            }
        }
        flow.drop(segment.last());
    }

    /** Feeds the rows that the batch looks up, each once, and says where each look-up finds its. */
    private void lookUp(
            List<Segment.Rows> tables,
            Batch batch,
            Map<String, OnnxTensorLike> inputs,
            TensorScope scope)
            throws OrtException {
        List<LookUp> lookUps = tables.stream().map(table -> LookUp.of(table, batch)).toList();
        rows.prepare(lookUps.stream().mapToLong(LookUp::numbers).sum(), tables.size());
        List<WeightFeed.Part> parts = new ArrayList<>();
        for (LookUp lookUp : lookUps) {
            MemorySegment target = rows.take(lookUp.numbers());
            parts.addAll(lookUp.parts(store.get(lookUp.table().weight()), target));
            long[] shape = {lookUp.ids().length, lookUp.table().rowSize()};
            inputs.put(lookUp.table().input(), scope.keep(floats(target, shape)));
            inputs.put(lookUp.table().places(), scope.keep(longs(lookUp.places(), lookUp.shape())));
        }
        store.feed().write(parts);
    }

    @Override
    public void close() {
        resident.values().forEach(OnnxTensor::close);
        try {
            for (OrtSession session : sessions.values()) {
                session.close();
            }
        } catch (OrtException e) {
            throw new ForwardException(
                    "ONNX Runtime cannot close the session: " + e.getMessage(), e);
        }
        options.close();
        slices.close();
        rows.close();
    }
}
