package io.pocketllm.run;

import io.pocketllm.data.Dataset;
import io.pocketllm.device.DeviceProfile;
import io.pocketllm.device.SimilarWord;
import io.pocketllm.device.SimulatedPhone;
import io.pocketllm.forward.NativeLibraries;
import io.pocketllm.model.LanguageModel;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/**
 * Ready-made runs, previews of runs, and starting them: what the window and the command line begin
 * with.
 */
public final class Runs implements RunProcess.Launcher {

    private static final String SAMPLE_FOLDER = "/io/pocketllm/sample-data/runs/";

    private final Folders folders;

    /**
     * @param folders where runs and the cache go
     */
    public Runs(Folders folders) {
        this.folders = folders;
    }

    /** Where runs and the cache go. */
    public Folders folders() {
        return folders;
    }

    /** Ids of the ready-made run files, the default one first. */
    public static List<String> samples() {
        return List.of("inbox-nurse", "inbox-mechanic");
    }

    /**
     * A ready-made run file by its id.
     *
     * @throws RunFileException where there is none of that id
     */
    public static RunFile sample(String id) throws RunFileException {
        if (!samples().contains(id)) {
            throw new RunFileException(
                    "sample:" + id,
                    "",
                    "there is no such ready-made run",
                    SimilarWord.question(id, samples())
                            + "There are: "
                            + String.join(", ", samples())
                            + ".");
        }
        try (InputStream stream = Runs.class.getResourceAsStream(SAMPLE_FOLDER + id + ".json")) {
            if (stream == null) {
                throw new RunFileException(
                        "sample:" + id,
                        "",
                        "is not part of this installation",
                        "Install the sample data too.");
            }
            String text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            return RunFile.parse("sample:" + id, Path.of("").toAbsolutePath(), text);
        } catch (IOException e) {
            throw new RunFileException(
                    "sample:" + id, "", "cannot be read", "Install the program again.");
        }
    }

    /** A run file by its path, or by {@code sample:ID}. */
    public static RunFile open(String pathOrSample) throws RunFileException {
        if (pathOrSample.startsWith("sample:")) {
            return sample(pathOrSample.substring("sample:".length()));
        }
        try {
            return RunFile.read(Path.of(pathOrSample));
        } catch (java.nio.file.InvalidPathException e) {
            throw new RunFileException(pathOrSample, "", "is no path", "Name a run.json file.");
        }
    }

    /**
     * Looks up what a run file names. Reads the model's header and the data; the first call may
     * unpack the default model into the cache, so call it off the window's thread.
     *
     * @throws RunFileException where the file names a device, a model or data that is not there or
     *     cannot be used
     */
    public RunPreview preview(RunFile file) throws RunFileException {
        Dataset data = RunInputs.dataset(file);
        DeviceProfile device = RunInputs.device(OwnPhones.found(file, folders));
        TrainingPhones.check(file, device);
        try (LanguageModel model = RunInputs.model(file, folders.cache())) {
            return new RunPreview(
                    model.name(),
                    model.describe(),
                    model.parameters(),
                    data.name(),
                    data.train().size(),
                    data.validation().size(),
                    data.test().size(),
                    data.labels(),
                    device,
                    RunInputs.budgetBytes(file, device),
                    RunInputs.threads(file, device));
        }
    }

    @Override
    public RunProcess start(RunFile file, Consumer<Event> listener)
            throws RunFileException, IOException {
        // Looked up first: a run that cannot begin leaves no folder behind.
        preview(file);
        return start(file, RunFolder.create(folders.runs(), file.spec().name()), listener);
    }

    /**
     * Starts a run in a given folder.
     *
     * @param out a folder that is empty or not there yet
     */
    public RunProcess startIn(RunFile file, Path out, Consumer<Event> listener)
            throws RunFileException, IOException {
        preview(file);
        return start(file, RunFolder.at(out), listener);
    }

    /**
     * Goes on with a run whose worker ended before its last step: to the same bits as if nothing
     * had happened.
     *
     * @param folder folder of a run
     * @throws RunFileException where it is none, or what its run file names is not there any more
     */
    public RunProcess resume(Path folder, Consumer<Event> listener)
            throws RunFileException, IOException {
        RunFolder run = RunFolder.existing(folder);
        RunFile file = RunFile.read(run.runFile());
        preview(file);
        Files.deleteIfExists(run.summary());
        return work(file, run, true, listener);
    }

    @Override
    public PredictionProcess predict(Path folder, String text) throws IOException {
        return PredictionWorker.start(folder, () -> {}, folders.cache(), text);
    }

    @Override
    public PredictionProcess predict(RunFile file, String text)
            throws RunFileException, IOException {
        Path temporary = Files.createDirectories(folders.cache().resolve("tmp"));
        Path copy = Files.createTempFile(temporary, "asked-", ".json");
        Runnable tidy = () -> copy.toFile().delete();
        try {
            Files.writeString(copy, file.absolute().toJson());
            return PredictionWorker.start(copy, tidy, folders.cache(), text);
        } catch (IOException | RunFileException | RuntimeException e) {
            tidy.run();
            throw e;
        }
    }

    private RunProcess start(RunFile file, RunFolder folder, Consumer<Event> listener)
            throws RunFileException, IOException {
        RunFile whole = OwnPhones.kept(file.absolute(), folders, folder);
        folder.writeRunFile(whole);
        return work(whole, folder, false, listener);
    }

    private RunProcess work(
            RunFile file, RunFolder folder, boolean resume, Consumer<Event> listener)
            throws RunFileException, IOException {
        // Reading memory unpacks a native library, on this side too.
        NativeLibraries.prepare(folders.cache());
        DeviceProfile device = RunInputs.device(file);
        SimulatedPhone phone =
                new SimulatedPhone(
                        device,
                        RunInputs.budgetBytes(file, device),
                        RunInputs.threads(file, device),
                        file.spec().device().conditions());
        return WorkerProcess.start(folder, phone, folders.cache(), resume, listener);
    }
}
