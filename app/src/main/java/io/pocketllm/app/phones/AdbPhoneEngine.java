package io.pocketllm.app.phones;

import io.pocketllm.app.text.Units;
import io.pocketllm.phone.AdbServer;
import io.pocketllm.phone.AdbSettings;
import io.pocketllm.phone.Cancellation;
import io.pocketllm.phone.EngineBundle;
import io.pocketllm.phone.PhoneAddress;
import io.pocketllm.phone.PhoneException;
import io.pocketllm.phone.PhoneFile;
import io.pocketllm.phone.PhoneLauncher;
import io.pocketllm.phone.PhoneProfile;
import io.pocketllm.phone.PhoneReader;
import io.pocketllm.phone.PhoneReading;
import io.pocketllm.phone.PhoneRun;
import io.pocketllm.phone.PhoneStorage;
import io.pocketllm.phone.PhoneTracker;
import io.pocketllm.phone.RunPackage;
import io.pocketllm.phone.Told;
import io.pocketllm.phone.TransferKind;
import io.pocketllm.phone.TransferProgress;
import io.pocketllm.phone.TunedProfile;
import io.pocketllm.phone.UnfinishedRun;
import io.pocketllm.run.Event;
import io.pocketllm.run.Folders;
import io.pocketllm.run.OwnPhones;
import io.pocketllm.run.RunFile;
import io.pocketllm.run.RunFileException;
import io.pocketllm.run.RunFolder;
import io.pocketllm.run.RunLibrary;
import io.pocketllm.run.RunOverview;
import io.pocketllm.run.Runs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Phones by the adb server of this computer. Safe from any thread. */
public final class AdbPhoneEngine implements PhoneEngine {

    private final Folders folders;
    private final AdbSettings found;
    private final List<Path> bundleFolders;
    private volatile AdbServer server;

    /** With the adb of this user's environment. */
    public AdbPhoneEngine(Folders folders) {
        this(folders, AdbSettings.ofUser(), EngineBundle.folders());
    }

    /**
     * @param settings where the adb server listens, and the program that starts one
     * @param bundleFolders where engines for phones are
     */
    public AdbPhoneEngine(Folders folders, AdbSettings settings, List<Path> bundleFolders) {
        this.folders = folders;
        this.found = settings;
        this.bundleFolders = List.copyOf(bundleFolders);
        this.server = new AdbServer(settings);
    }

    @Override
    public void use(String program) {
        server = new AdbServer(program.isBlank() ? found : with(program));
    }

    private AdbSettings with(String program) {
        try {
            return new AdbSettings(
                    Optional.of(Path.of(program)), found.port(), found.environment());
        } catch (InvalidPathException e) {
            // A settings file that somebody wrote in.
            return found;
        }
    }

    @Override
    public Watch track(Consumer<PhoneTracker.Phones> listener) {
        PhoneTracker tracker = server.track(listener);
        return tracker::close;
    }

    @Override
    public PhoneReading read(String serial, Cancellation cancellation) throws PhoneException {
        return PhoneReader.read(server.phone(serial), cancellation);
    }

    @Override
    public Map<TransferKind, Long> sizes(RunFile file) throws RunFileException, IOException {
        Map<TransferKind, Long> sizes = new EnumMap<>(TransferKind.class);
        RunFile run = OwnPhones.found(file, folders);
        for (PhoneFile each : RunPackage.toSend(run, folders.cache(), null).files()) {
            sizes.merge(TransferKind.of(each.path()), each.sizeBytes(), Long::sum);
        }
        return sizes;
    }

    @Override
    public long engineBytes(Told<String> abi) throws IOException {
        return Files.size(EngineBundle.find(bundleFolders, abi).archive());
    }

    @Override
    public PhoneStorage.Report send(
            String serial,
            RunFile file,
            Consumer<TransferProgress> progress,
            Cancellation cancellation)
            throws RunFileException, IOException {
        RunFile run = OwnPhones.found(file, folders);
        new Runs(folders).preview(run);
        PhoneReading reading = read(serial, cancellation);
        RunPackage all =
                RunPackage.toSend(run, folders.cache(), PhoneProfile.ifTold(reading).orElse(null));
        return new PhoneStorage(server.phone(serial)).push(all.files(), progress, cancellation);
    }

    @Override
    public String sendLearned(
            String serial,
            Path folder,
            Consumer<TransferProgress> progress,
            Cancellation cancellation)
            throws RunFileException, IOException {
        TunedProfile tuned = TunedProfile.of(new RunFolder(folder.toAbsolutePath().normalize()));
        new PhoneStorage(server.phone(serial)).push(tuned.files(), progress, cancellation);
        return tuned.folder();
    }

    @Override
    public Following start(
            String serial,
            RunFile file,
            Consumer<TransferProgress> progress,
            Cancellation cancellation,
            Consumer<Event> listener)
            throws RunFileException, IOException {
        PhoneLauncher launcher =
                new PhoneLauncher(
                        server.phone(serial), folders, bundleFolders, progress, cancellation);
        return following(launcher.start(OwnPhones.found(file, folders), listener));
    }

    @Override
    public Following follow(Left run, String serial, Consumer<Event> listener) throws IOException {
        new RunFolder(run.folder()).readEvents().forEach(listener);
        return following(PhoneLauncher.attach(server, run.folder(), serial, listener));
    }

    private static Following following(PhoneRun run) {
        return new Following(run, run::fetching, run::detach);
    }

    @Override
    public List<Left> left() throws IOException {
        List<Left> left = new ArrayList<>();
        for (UnfinishedRun run : UnfinishedRun.in(folders.runs())) {
            left.add(new Left(run.folder(), run.serial(), RunOverview.read(run.folder()).name()));
        }
        return left;
    }

    @Override
    public void giveUp(Left run) throws IOException {
        UnfinishedRun.giveUp(run.folder());
    }

    @Override
    public List<Learned> learned() throws IOException {
        return new RunLibrary(folders.runs(), folders.cache())
                .list().stream()
                        .filter(run -> run.end() instanceof Event.Finished)
                        .map(AdbPhoneEngine::learned)
                        .toList();
    }

    private static Learned learned(RunOverview run) {
        String when =
                run.started() == null || run.started().time().length() < 16
                        ? ""
                        : run.started().time().substring(0, 16).replace('T', ' ');
        String how =
                Double.isNaN(run.accuracy()) ? "" : "accuracy " + Units.percent(run.accuracy());
        String between = when.isEmpty() || how.isEmpty() ? "" : ", ";
        return new Learned(run.folder(), run.name(), when + between + how);
    }

    @Override
    public List<String> clean(String serial, Cancellation cancellation) throws PhoneException {
        return new PhoneStorage(server.phone(serial)).clean(cancellation);
    }

    @Override
    public void connect(PhoneAddress address, Cancellation cancellation) throws PhoneException {
        server.connect(address, cancellation);
    }

    @Override
    public void pair(PhoneAddress address, String code, Cancellation cancellation)
            throws PhoneException {
        server.pair(address, code, cancellation);
    }
}
