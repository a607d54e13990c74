package io.pocketllm.phone;

import io.pocketllm.run.RunFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.Consumer;

/** Fetches what a run left behind on a phone into its run folder here. */
final class RunResults {

    /** What the run folder here has of its own, and what only steers the run there. */
    private static final Set<String> NOT_RESULTS =
            Set.of(
                    "run.json",
                    "phone.json",
                    "events.ndjson",
                    "commands",
                    "pid",
                    "exit",
                    "killed",
                    "errors.log");

    private final Phone phone;
    private final String from;
    private final RunFolder to;

    private final Consumer<TransferProgress> progress;

    RunResults(Phone phone, String from, RunFolder to, Consumer<TransferProgress> progress) {
        this.progress = progress;
        this.phone = phone;
        this.from = from;
        this.to = to;
    }

    /**
     * True when everything is here; false where the phone is away, so that it is worth another try.
     */
    boolean fetch(Cancellation cancellation) throws IOException {
        try {
            ShellResult list =
                    phone.run(
                            PhoneScript.LIST_RUN.with(PhonePaths.absolute(from)),
                            Phone.SHORT,
                            cancellation);
            PhoneStorage storage = new PhoneStorage(phone);
            for (String line : list.out().split("\n")) {
                String name = line.strip().replaceFirst("^\\./", "");
                if (!name.isEmpty() && !NOT_RESULTS.contains(name)) {
                    // Refuses names that lead outside: they come from the phone.
                    PhonePaths.absolute(name);
                    Path target = to.path().resolve(name).normalize();
                    storage.pull(from + "/" + name, target, progress, cancellation);
                }
            }
            return true;
        } catch (PhoneException e) {
            if (e.mayPass()) {
                return false;
            }
            throw e;
        }
    }
}
