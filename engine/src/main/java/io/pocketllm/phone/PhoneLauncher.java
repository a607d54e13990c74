package io.pocketllm.phone;

import io.pocketllm.device.DeviceCatalogue;
import io.pocketllm.device.DeviceProfileException;
import io.pocketllm.phone.PhoneException.Reason;
import io.pocketllm.run.Event;
import io.pocketllm.run.Folders;
import io.pocketllm.run.RunFile;
import io.pocketllm.run.RunFileException;
import io.pocketllm.run.RunFolder;
import io.pocketllm.run.RunProcess;
import io.pocketllm.run.Runs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Starts runs on a phone; where a window or a command line would start them here, it can start them
 * there with this. Sends what is missing first, so {@link #start} takes a while: call it off the
 * window's thread.
 */
public final class PhoneLauncher implements RunProcess.Launcher {

    /** The phone's own profile in a run folder, as it was read before the run. */
    static final String PROFILE = "phone.json";

    private final Phone phone;
    private final Folders folders;
    private final List<Path> bundleFolders;
    private final Consumer<TransferProgress> progress;
    private final Cancellation cancellation;

    /**
     * @param bundleFolders where engines for phones are, such as {@link EngineBundle#folders}
     * @param progress told how far the sending is
     * @param cancellation ends the sending; a run that has started is stopped by its own methods
     */
    public PhoneLauncher(
            Phone phone,
            Folders folders,
            List<Path> bundleFolders,
            Consumer<TransferProgress> progress,
            Cancellation cancellation) {
        this.phone = phone;
        this.folders = folders;
        this.bundleFolders = List.copyOf(bundleFolders);
        this.progress = progress;
        this.cancellation = cancellation;
    }

    /**
     * Sends engine, model and data where they are not there yet, and starts the run.
     *
     * @throws PhoneException where the phone is not ready, too full, or cannot run the engine
     */
    @Override
    public PhoneRun start(RunFile file, Consumer<Event> listener)
            throws RunFileException, IOException {
        // Looked up first: a run that cannot begin leaves nothing behind, here or there.
        new Runs(folders).preview(file);
        PhoneReading reading = PhoneReader.read(phone, cancellation);
        EngineBundle bundle = EngineBundle.find(bundleFolders, reading.abi());
        String engine = bundle.install(phone, progress, cancellation);

        RunFolder folder = RunFolder.create(folders.runs(), file.spec().name());
        Files.writeString(folder.runFile(), file.absolute().toJson(), StandardCharsets.UTF_8);
        String name =
                folder.path().getFileName()
                        + "-%06x".formatted((int) (System.nanoTime() & 0xffffff));
        RunPackage all = RunPackage.of(file, folders.cache(), name, profile(reading, folder));
        makeFolder(all.runFolder());
        new PhoneStorage(phone).push(all.files(), progress, cancellation);
        long budgetBytes = budget(file, folder);
        launch(engine, all.runFolder(), budgetBytes);
        new PhoneRunFile(phone.serial(), all.runFolder(), 0, budgetBytes).write(folder);
        return PhoneRun.follow(phone, folder, listener);
    }

    /**
     * Follows a run that was started before and goes on, or has ended, on its phone.
     *
     * @param folder its run folder on this computer
     */
    public static PhoneRun attach(AdbServer server, Path folder, Consumer<Event> listener)
            throws IOException {
        RunFolder run = new RunFolder(folder.toAbsolutePath().normalize());
        return PhoneRun.follow(new Phone(server, PhoneRunFile.read(run).serial()), run, listener);
    }

    /**
     * The same of a phone that goes by another serial now, as over Wi-Fi after its port changed;
     * the run folder remembers the new one.
     */
    public static PhoneRun attach(
            AdbServer server, Path folder, String serial, Consumer<Event> listener)
            throws IOException {
        RunFolder run = new RunFolder(folder.toAbsolutePath().normalize());
        PhoneRunFile file = PhoneRunFile.read(run);
        if (!file.serial().equals(serial)) {
            file.on(serial).write(run);
        }
        return PhoneRun.follow(new Phone(server, serial), run, listener);
    }

    /** The phone's own profile, kept beside the run; null where the phone hides too much. */
    private static String profile(PhoneReading reading, RunFolder folder) throws IOException {
        Optional<String> json = PhoneProfile.ifTold(reading);
        if (json.isPresent()) {
            Files.writeString(folder.path().resolve("phone.json"), json.get());
        }
        return json.orElse(null);
    }

    /** The run file's own limit, else what the phone's profile grants. */
    private static long budget(RunFile file, RunFolder folder) {
        Long own = file.spec().device().budgetBytes();
        if (own != null) {
            return own;
        }
        try {
            return DeviceCatalogue.read(folder.path().resolve(PROFILE)).budgetBytes();
        } catch (DeviceProfileException e) {
            return 0;
        }
    }

    private void makeFolder(String folder) throws PhoneException {
        ShellResult result =
                phone.run(
                        PhoneScript.MAKE_FOLDER.with(
                                PhonePaths.BASE,
                                PhonePaths.absolute(folder),
                                Manifest.folder(folder)),
                        Phone.SHORT,
                        cancellation);
        if (result.exitCode() != 0) {
            throw new PhoneException(
                    Reason.REFUSED,
                    "The run's folder could not be made on the phone: " + result.why(),
                    "Make room on the phone and try again.");
        }
    }

    private void launch(String engine, String folder, long budgetBytes) throws PhoneException {
        ShellResult result =
                phone.run(
                        PhoneScript.START_RUN.with(
                                engine,
                                PhonePaths.absolute(folder),
                                String.format(Locale.ROOT, "%d", budgetBytes / 1024)),
                        Phone.SHORT,
                        cancellation);
        if (result.exitCode() != 0) {
            throw new PhoneException(
                    Reason.REFUSED,
                    "The run did not start on the phone: " + result.why(),
                    "Some phones forbid programs of adb's shell: look for \"USB debugging (Security"
                            + " settings)\" in the developer options.");
        }
    }
}
