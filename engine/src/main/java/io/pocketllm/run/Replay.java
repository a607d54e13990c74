package io.pocketllm.run;

import io.pocketllm.forward.NativeLibraries;
import io.pocketllm.tensor.ParameterStore;
import io.pocketllm.tensor.SafetensorsFile;
import io.pocketllm.tensor.SafetensorsWriter;
import io.pocketllm.tensor.Tensor;
import io.pocketllm.tensor.TensorFileException;
import io.pocketllm.zo.Replayer;
import io.pocketllm.zo.TrajectoryException;
import io.pocketllm.zo.TrajectoryReader;
import io.pocketllm.zo.ZerothOrderOptimizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;

/**
 * A run's trained parameters, rebuilt from its trajectory. Small start values are in the run
 * folder; larger ones are built again from the model, which asks the model for the head's start and
 * nothing else.
 */
public final class Replay implements AutoCloseable {

    private final RunFolder folder;
    private final ParameterStore parameters;
    private final List<Tensor> frozen;
    private final AutoCloseable owner;
    private final int steps;

    /**
     * A tensor that differs from the checkpoint.
     *
     * @param index flat index of the first number that differs; −1 where the checkpoint lacks the
     *     tensor or has it in another size
     */
    public record Difference(String tensor, long index, float replayed, float saved) {}

    private Replay(
            RunFolder folder,
            ParameterStore parameters,
            List<Tensor> frozen,
            AutoCloseable owner,
            int steps) {
        this.folder = folder;
        this.parameters = parameters;
        this.frozen = frozen;
        this.owner = owner;
        this.steps = steps;
    }

    /**
     * Replays a run folder.
     *
     * @param cache folder the default model is unpacked to
     * @param noiseThreads threads that draw noise; the result does not depend on it
     * @param progress told each step
     * @throws RunFileException where the folder, its trajectory or its start values cannot be used
     */
    public static Replay of(RunFolder folder, Path cache, int noiseThreads, IntConsumer progress)
            throws RunFileException, IOException {
        return upTo(Integer.MAX_VALUE, folder, cache, noiseThreads, progress);
    }

    /**
     * Replays the first steps of a run folder: the parameters as a run that was stopped after that
     * step would have saved them.
     *
     * @param lastStep the last step to take; 0 for the start values. Where the trajectory ends
     *     before, all of it is taken: {@link #steps} says how many that were
     * @param progress told 0 before the model is read, and each step. What it throws ends the
     *     replay, frees everything and comes out of this method
     * @throws RunFileException as {@link #of} does
     */
    public static Replay upTo(
            int lastStep, RunFolder folder, Path cache, int noiseThreads, IntConsumer progress)
            throws RunFileException, IOException {
        progress.accept(0);
        try (TrajectoryReader reader = TrajectoryReader.open(folder.trajectory())) {
            ParameterStore parameters;
            List<Tensor> frozen = List.of();
            AutoCloseable owner;
            if (Files.isRegularFile(folder.start())) {
                parameters = StartValues.read(folder);
                owner = parameters;
            } else {
                NativeLibraries.prepare(cache);
                RunFile file = RunFile.read(folder.runFile());
                int threads = RunInputs.threads(file, RunInputs.device(file));
                TrainingTask task =
                        new TaskBuilder(file, threads, (phase, fraction) -> {}).build(cache);
                parameters = task.trainable();
                frozen = task.frozenAdapters();
                owner = task;
            }
            try {
                Replayer.requireSameTensors(reader.header(), parameters);
                try (ZerothOrderOptimizer optimizer =
                        new ZerothOrderOptimizer(
                                parameters,
                                reader.header().method(),
                                reader.header().seed(),
                                noiseThreads)) {
                    int steps = Replayer.replay(reader, optimizer, lastStep, progress);
                    return new Replay(folder, parameters, frozen, owner, steps);
                }
            } catch (IOException | TrajectoryException | RuntimeException e) {
                closeQuietly(owner);
                throw e;
            }
        } catch (TrajectoryException e) {
            throw new RunFileException(folder.path().toString(), "", e.getMessage(), e.hint());
        }
    }

    private static void closeQuietly(AutoCloseable owner) {
        try {
            owner.close();
        } catch (Exception e) {
            throw new IllegalStateException("cannot free what the replay held", e);
        }
    }

    /** Steps that were replayed. */
    public int steps() {
        return steps;
    }

    /** How many numbers were rebuilt. */
    public long numbers() {
        return parameters.elements();
    }

    /**
     * Compares with the run's checkpoint bit by bit.
     *
     * @return the first difference of each tensor that has one; empty where all bits are the same
     * @throws RunFileException where there is no checkpoint or it cannot be read
     */
    public List<Difference> differences() throws RunFileException {
        Path saved = folder.checkpoint().resolve("model.safetensors");
        if (!Files.isRegularFile(saved)) {
            throw new RunFileException(
                    folder.path().toString(),
                    "",
                    "has no checkpoint to compare with",
                    "Replay without --verify, or let the run finish: pocketllm train "
                            + folder.path()
                            + " --resume");
        }
        List<Difference> differences = new ArrayList<>();
        try (SafetensorsFile file = SafetensorsFile.open(saved)) {
            for (Tensor tensor : parameters.tensors()) {
                Tensor other = file.tensors().get(tensor.name());
                if (other == null || other.elements() != tensor.elements()) {
                    differences.add(new Difference(tensor.name(), -1, Float.NaN, Float.NaN));
                    continue;
                }
                long differs = tensor.memory().mismatch(other.memory());
                if (differs >= 0) {
                    long i = differs / tensor.dtype().bytes();
                    differences.add(new Difference(tensor.name(), i, tensor.get(i), other.get(i)));
                }
            }
        } catch (TensorFileException e) {
            throw new RunFileException(folder.path().toString(), "", e.getMessage(), e.hint());
        }
        return differences;
    }

    /**
     * Writes the rebuilt parameters as {@link Export} writes those of a checkpoint, and {@code
     * checkpoint.safetensors}, all that was trained in one file.
     *
     * @param out a new or empty folder
     * @return the files written
     * @throws RunFileException where {@code out} is not empty, or the run file cannot be read
     */
    public List<Path> export(Path out) throws RunFileException, IOException {
        RunSpec spec = RunFile.read(folder.runFile()).spec();
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        parameters.tensors().forEach(tensor -> tensors.put(tensor.name(), tensor));
        frozen.forEach(tensor -> tensors.put(tensor.name(), tensor));
        if (!Files.isRegularFile(folder.start())) {
            return export(spec, tensors, out);
        }
        try (SafetensorsFile file = SafetensorsFile.open(folder.start())) {
            // What is there and did not move: adapter matrices that stay.
            file.tensors().forEach(tensors::putIfAbsent);
            return export(spec, tensors, out);
        } catch (TensorFileException e) {
            throw new RunFileException(folder.path().toString(), "", e.getMessage(), e.hint());
        }
    }

    private List<Path> export(RunSpec spec, Map<String, Tensor> tensors, Path out)
            throws RunFileException, IOException {
        Map<String, String> metadata = Export.metadata(spec.objective().labels().keySet());
        List<Path> written = new ArrayList<>(Export.write(spec, tensors, metadata, out));
        Path all = out.resolve("checkpoint.safetensors");
        SafetensorsWriter.write(all, List.copyOf(tensors.values()), metadata);
        written.add(all);
        return List.copyOf(written);
    }

    /** Writes the rebuilt parameters as safetensors. */
    public void write(Path file) throws IOException {
        if (file.toAbsolutePath().getParent() != null) {
            Files.createDirectories(file.toAbsolutePath().getParent());
        }
        SafetensorsWriter.write(file, parameters.tensors(), Map.of("format", "pt"));
    }

    @Override
    public void close() {
        closeQuietly(owner);
    }
}
