package io.pocketllm.run;

import io.pocketllm.data.DataWarning;
import io.pocketllm.device.DeviceProfile;
import io.pocketllm.forward.NativeLibraries;
import io.pocketllm.tensor.SafetensorsWriter;
import io.pocketllm.tensor.Tensor;
import io.pocketllm.zo.TrajectoryHeader;
import io.pocketllm.zo.TrajectoryWriter;
import io.pocketllm.zo.ZerothOrderOptimizer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The process that trains: reads a run folder's run file, does the work, emits events and obeys
 * commands. Writes the trajectory and the checkpoint; the event log is its parent's.
 */
public final class Worker {

    private static final int REPLAYED_STEPS_AN_EVENT = 100;

    private final RunFolder folder;
    private final Path cache;
    private final boolean resume;
    private final Consumer<Event> events;
    private final RunControl control = new RunControl();
    private final Stopwatch clock = Stopwatch.fromProcessStart();

    /**
     * @param folder holds run.json
     * @param cache the program's cache folder
     * @param resume whether to go on behind the last whole step of the folder's trajectory
     * @param events receives every event in order, on the calling thread of {@link #run}
     */
    public Worker(RunFolder folder, Path cache, boolean resume, Consumer<Event> events) {
        this.folder = folder;
        this.cache = cache;
        this.resume = resume;
        this.events = events;
    }

    /**
     * Listens for commands until the input ends. An input that ends means that whoever started the
     * worker is gone, and the run stops in good order.
     */
    public void obey(BufferedReader commands) {
        Thread.ofPlatform()
                .daemon()
                .name("commands")
                .start(
                        () -> {
                            try {
                                for (String line = commands.readLine();
                                        line != null;
                                        line = commands.readLine()) {
                                    RunCommand.of(line).ifPresent(control::give);
                                    TextQuestion.of(line).ifPresent(control::ask);
                                }
                            } catch (IOException e) {
                                // Treated as the end of the input.
                            }
                            control.give(RunCommand.STOP);
                        });
    }

    /** Asks the run to finish its step, save and end; for signal handlers. */
    public void stop() {
        control.give(RunCommand.STOP);
    }

    /** Trains; the last event has been emitted when this returns. */
    public ExitCode run() {
        try {
            RunFile file = RunFile.read(folder.runFile());
            NativeLibraries.prepare(cache);
            DeviceProfile device = RunInputs.device(file);
            int threads =
                    Math.min(
                            RunInputs.threads(file, device),
                            Runtime.getRuntime().availableProcessors());
            TrainingPhone phone =
                    TrainingPhones.of(
                            file, device, cache, resume ? folder : null, control, clock, events);
            TaskBuilder builder =
                    new TaskBuilder(
                            file,
                            threads,
                            (phase, fraction) ->
                                    events.accept(
                                            new Event.Preparing(
                                                    clock.elapsedMillis(), phase, fraction)),
                            phone.watch());
            try (TrainingTask task = builder.build(cache)) {
                return train(file, device, threads, task, phone);
            }
        } catch (RunFileException e) {
            events.accept(new Event.Failed(clock.elapsedMillis(), e.getMessage(), e.hint()));
            return ExitCode.BAD_INPUT;
        } catch (IOException | UncheckedIOException e) {
            events.accept(
                    new Event.Failed(
                            clock.elapsedMillis(),
                            "A file of the run cannot be written: " + e.getMessage(),
                            "Check the disk's free space and the folder's permissions."));
            return ExitCode.INTERNAL_ERROR;
        } catch (OutOfMemoryError e) {
            events.accept(
                    new Event.Failed(
                            clock.elapsedMillis(),
                            "The worker's Java heap is full.",
                            "Use a smaller batch or shorter texts (data.maxTokens)."));
            return ExitCode.INTERNAL_ERROR;
        } catch (RuntimeException e) {
            events.accept(
                    new Event.Failed(
                            clock.elapsedMillis(),
                            "The run failed: " + e,
                            "This is a fault of the program; please report it with the run file."));
            return ExitCode.INTERNAL_ERROR;
        }
    }

    private ExitCode train(
            RunFile file, DeviceProfile device, int threads, TrainingTask task, TrainingPhone phone)
            throws IOException, RunFileException {
        RunSpec spec = file.spec();
        TrajectoryHeader header =
                TrajectoryHeader.of(spec.seed(), spec.method(), task.trainable().tensors());
        boolean sameAdapters = !resume || StartValues.restore(folder, task);
        Event end;
        try (ZerothOrderOptimizer optimizer =
                new ZerothOrderOptimizer(
                        task.trainable(),
                        spec.method(),
                        spec.seed(),
                        spec.training().noiseThreads(threads))) {
            if (!resume) {
                StartValues.save(folder, task);
            }
            ResumedRun from =
                    resume
                            ? ResumedRun.behindTheLastStep(
                                    folder, header, optimizer, step -> replaying(step, spec))
                            : ResumedRun.fromTheStart(folder, header);
            try (TrajectoryWriter trajectory = from.trajectory()) {
                started(file, device, threads, task, from.stepsDone() + 1, phone.calibration());
                if (!sameAdapters) {
                    events.accept(
                            new Event.Warning(
                                    clock.elapsedMillis(),
                                    "The adapters' frozen matrices came out different from those"
                                            + " the run began with.",
                                    "Another processor or another number of threads rounds"
                                            + " otherwise: go on where the run began for the same"
                                            + " bits."));
                }
                end =
                        new Trainer(file, folder, task, control, clock, events, phone)
                                .train(optimizer, trajectory, from.stepsDone(), startAccuracy());
            }
        }
        saveCheckpoint(task);
        events.accept(end);
        return end instanceof Event.Diverged ? ExitCode.DIVERGED : ExitCode.DONE;
    }

    private void replaying(int step, RunSpec spec) {
        if (step % REPLAYED_STEPS_AN_EVENT != 0) {
            return;
        }
        events.accept(
                new Event.Preparing(
                        clock.elapsedMillis(),
                        "Replaying the trajectory",
                        (double) step / spec.training().steps()));
    }

    /** Accuracy before the first step, where the worker before this one has told it. */
    private double startAccuracy() throws IOException {
        if (resume) {
            for (Event event : folder.readEvents()) {
                if (event instanceof Event.Evaluated e && e.step() == 0) {
                    return e.accuracy();
                }
            }
        }
        return Double.NaN;
    }

    private void started(
            RunFile file,
            DeviceProfile device,
            int threads,
            TrainingTask task,
            int firstStep,
            String calibration) {
        RunSpec spec = file.spec();
        events.accept(
                new Event.Started(
                        clock.elapsedMillis(),
                        OffsetDateTime.now().truncatedTo(ChronoUnit.SECONDS).toString(),
                        spec.name(),
                        task.model().name(),
                        task.model().describe(),
                        task.model().parameters(),
                        task.trainable().elements(),
                        task.dataset().name(),
                        task.dataset().labels(),
                        task.train().size(),
                        task.validation().size(),
                        spec.method().describe(),
                        spec.training().steps(),
                        firstStep,
                        device == null ? "this computer" : device.name(),
                        RunInputs.budgetBytes(file, device),
                        threads,
                        RunInputs.killLineBytes(file, device),
                        null,
                        0,
                        calibration));
        for (DataWarning warning : task.dataset().warnings()) {
            events.accept(
                    new Event.Warning(clock.elapsedMillis(), warning.message(), warning.hint()));
        }
        if (task.reference() != null) {
            events.accept(
                    new Event.Reference(
                            clock.elapsedMillis(),
                            "first-order head on frozen features",
                            "validation",
                            task.reference().loss(),
                            task.reference().accuracy()));
        }
    }

    /** What the method trained, and the adapter matrices it was trained against. */
    private void saveCheckpoint(TrainingTask task) throws IOException {
        List<Tensor> tensors = new ArrayList<>(task.trainable().tensors());
        tensors.addAll(task.frozenAdapters());
        Files.createDirectories(folder.checkpoint());
        SafetensorsWriter.write(
                folder.checkpoint().resolve("model.safetensors"),
                tensors,
                Export.metadata(task.dataset().labels()));
    }
}
