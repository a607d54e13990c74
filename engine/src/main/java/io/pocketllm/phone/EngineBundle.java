package io.pocketllm.phone;

import io.pocketllm.phone.PhoneException.Reason;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The engine for phones: one archive with a Java, a C library, ONNX Runtime and this program, as
 * {@code engine/bundle/build.sh} makes it. Sent once, and again only when it changed.
 *
 * @param archive the file {@code pocketllm-engine-ABI.tar}
 */
public record EngineBundle(Path archive) {

    private static final Duration UNPACKING = Duration.ofMinutes(2);

    /**
     * The bundle for a phone.
     *
     * @param folders where to look, in this order
     * @throws PhoneException where there is none, or the phone's system cannot run any
     */
    public static EngineBundle find(List<Path> folders, Told<String> abi) throws PhoneException {
        if (!abi.isTold()) {
            throw new PhoneException(
                    Reason.UNFIT,
                    "The engine cannot run on this phone: " + abi.reason() + ".",
                    "It needs a 64-bit system; simulate this phone instead.");
        }
        // A list, the best first: arm64-v8a on phones, x86_64 on emulators.
        for (String each : abi.value().split(",")) {
            for (Path folder : folders) {
                Path archive = folder.resolve("pocketllm-engine-" + each.strip() + ".tar");
                if (each.matches("[A-Za-z0-9_-]{1,32}") && Files.isRegularFile(archive)) {
                    return new EngineBundle(archive);
                }
            }
        }
        throw new PhoneException(
                Reason.UNFIT,
                "There is no engine for " + abi.value() + " in " + folders + ".",
                "Build it once: ./mvnw -Pbundle -DskipTests package; or set POCKETLLM_ENGINE_BUNDLES to"
                        + " the folder that has it.");
    }

    /**
     * Where bundles may be: the folder the environment names, and {@code phones} beside the
     * program.
     */
    public static List<Path> folders() {
        List<Path> folders = new ArrayList<>();
        String named = System.getenv("POCKETLLM_ENGINE_BUNDLES");
        if (named != null && !named.isBlank()) {
            folders.add(Path.of(named));
        }
        try {
            Path program =
                    Path.of(
                            EngineBundle.class
                                    .getProtectionDomain()
                                    .getCodeSource()
                                    .getLocation()
                                    .toURI());
            folders.add(program.getParent().resolveSibling("phones"));
        } catch (URISyntaxException | RuntimeException e) {
            // A class loader without files: only the environment can tell.
        }
        return folders;
    }

    /**
     * Makes sure that the engine is on the phone.
     *
     * @return its folder there
     */
    String install(Phone phone, Consumer<TransferProgress> progress, Cancellation cancellation)
            throws IOException {
        PhoneFile file = PhoneFile.of("engine/bundle.tar", archive);
        String id = file.sha256().substring(0, 16);
        String folder = PhonePaths.absolute("engine/" + id);
        if (isThere(phone, folder, cancellation)) {
            progress.accept(TransferProgress.kept(file.path(), file.sizeBytes()));
            return folder;
        }
        String tar = "engine/" + id + ".tar";
        new PhoneStorage(phone)
                .push(
                        List.of(new PhoneFile(tar, file.sizeBytes(), file.content())),
                        progress,
                        cancellation);
        ShellResult result =
                phone.run(
                        PhoneScript.UNPACK_ENGINE.with(
                                PhonePaths.BASE,
                                PhonePaths.absolute(tar),
                                folder,
                                Manifest.folder("engine/" + id)),
                        UNPACKING,
                        cancellation);
        switch (result.exitCode()) {
            case 0 -> {}
            case 4 ->
                    throw new PhoneException(
                            Reason.NO_ROOM,
                            "The engine could not be unpacked on the phone: " + result.why(),
                            "It needs %,d MB there; make room and try again."
                                    .formatted(2 * file.sizeBytes() / 1_000_000));
            case 8 ->
                    throw new PhoneException(
                            Reason.DAMAGED,
                            "The engine was damaged when it was unpacked on the phone.",
                            "Try again; build it anew if that fails too.");
            default ->
                    throw new PhoneException(
                            Reason.REFUSED,
                            "The engine could not be put on the phone: " + result.why(),
                            "Clean up what was sent before (pocketllm phones clean) and try again.");
        }
        return folder;
    }

    private static boolean isThere(Phone phone, String folder, Cancellation cancellation)
            throws PhoneException {
        try (SyncConnection sync = phone.sync(Phone.SHORT, cancellation)) {
            // Written before the folder got its name: where it is, the whole folder is.
            Optional<SyncConnection.Stat> sums = sync.stat(folder + "/SUMS");
            return sums.isPresent() && sums.get().regular();
        }
    }
}
