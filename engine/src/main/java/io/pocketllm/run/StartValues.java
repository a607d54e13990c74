package io.pocketllm.run;

import io.pocketllm.tensor.ParameterStore;
import io.pocketllm.tensor.SafetensorsFile;
import io.pocketllm.tensor.SafetensorsWriter;
import io.pocketllm.tensor.Tensor;
import io.pocketllm.tensor.TensorFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * The values that training began from, kept in the run folder as {@code start.safetensors} where
 * they are small: a replay then needs neither the model nor the data.
 */
final class StartValues {

    /** Larger ones are the model's own weights, which the model file gives again. */
    static final long MAX_BYTES = 64_000_000;

    /** Names of what moves, in the order that decides its noise, one a line. */
    private static final String MOVING = "moving";

    private StartValues() {}

    /** Writes what moves and the adapter matrices that stay; nothing where it is too much. */
    static void save(RunFolder folder, TrainingTask task) throws IOException {
        List<Tensor> tensors = new ArrayList<>(task.trainable().tensors());
        tensors.addAll(task.frozenAdapters());
        if (tensors.stream().mapToLong(t -> t.memory().byteSize()).sum() > MAX_BYTES) {
            return;
        }
        List<String> names = task.trainable().tensors().stream().map(Tensor::name).toList();
        SafetensorsWriter.write(folder.start(), tensors, Map.of(MOVING, String.join("\n", names)));
    }

    /**
     * Puts the kept values into a task that was built anew; leaves it alone where none were kept.
     *
     * @return false where adapter matrices that stay came out different this time
     */
    static boolean restore(RunFolder folder, TrainingTask task) throws RunFileException {
        if (!Files.isRegularFile(folder.start())) {
            return true;
        }
        try (SafetensorsFile file = SafetensorsFile.open(folder.start())) {
            for (Tensor tensor : task.trainable().tensors()) {
                find(folder, file, tensor.name(), tensor.shape()).copyInto(tensor);
            }
            boolean same = true;
            for (Tensor tensor : task.frozenAdapters()) {
                Tensor kept = find(folder, file, tensor.name(), tensor.shape());
                same &= kept.memory().mismatch(tensor.memory()) == -1;
            }
            return same;
        } catch (TensorFileException e) {
            throw unusable(folder, e.getMessage(), e.hint());
        }
    }

    /**
     * Puts the values of a file into tensors of the same names.
     *
     * @param from the start values or the checkpoint of {@code folder}
     * @throws RunFileException where one is missing, or has another shape
     */
    static void load(RunFolder folder, Path from, Collection<Tensor> tensors)
            throws RunFileException {
        try (SafetensorsFile file = SafetensorsFile.open(from)) {
            for (Tensor tensor : tensors) {
                find(folder, file, tensor.name(), tensor.shape()).copyInto(tensor);
            }
        } catch (TensorFileException e) {
            throw unusable(folder, e.getMessage(), e.hint());
        }
    }

    /** What moves, at its start values, in its own order. */
    static ParameterStore read(RunFolder folder) throws RunFileException {
        ParameterStore store = new ParameterStore();
        try (SafetensorsFile file = SafetensorsFile.open(folder.start())) {
            for (String name : file.metadata().getOrDefault(MOVING, "").split("\n")) {
                store.sameAs(find(folder, file, name, null));
            }
            return store;
        } catch (TensorFileException e) {
            store.close();
            throw unusable(folder, e.getMessage(), e.hint());
        } catch (RunFileException | RuntimeException e) {
            store.close();
            throw e;
        }
    }

    private static Tensor find(RunFolder folder, SafetensorsFile file, String name, long[] shape)
            throws RunFileException {
        Tensor tensor = file.tensors().get(name);
        if (tensor == null) {
            throw unusable(
                    folder,
                    file.path() + ": has no tensor \"" + name + "\"",
                    "Restore the run folder from a copy, or run again.");
        }
        if (shape != null && !Arrays.equals(tensor.shape(), shape)) {
            throw unusable(
                    folder,
                    file.path()
                            + ": "
                            + name
                            + " has the shape "
                            + Arrays.toString(tensor.shape())
                            + ", and the run file asks for "
                            + Arrays.toString(shape),
                    "Do not change a run's run.json; start a new run instead.");
        }
        return tensor;
    }

    private static RunFileException unusable(RunFolder folder, String problem, String hint) {
        return new RunFileException(folder.path().toString(), "", problem, hint);
    }
}
