package io.pocketllm.app.phones;

import io.pocketllm.phone.Cancellation;
import io.pocketllm.phone.PhoneAddress;
import io.pocketllm.phone.PhoneException;
import io.pocketllm.phone.PhoneReading;
import io.pocketllm.phone.PhoneStorage;
import io.pocketllm.phone.PhoneTracker;
import io.pocketllm.phone.Told;
import io.pocketllm.phone.TransferKind;
import io.pocketllm.phone.TransferProgress;
import io.pocketllm.run.Event;
import io.pocketllm.run.RunFile;
import io.pocketllm.run.RunFileException;
import io.pocketllm.run.RunProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What the window asks of real phones; a test passes one without any. All but {@link #track} and
 * {@link #use} may take long and are called off the window's thread.
 */
public interface PhoneEngine {

    /** The live list, until it is closed. */
    interface Watch extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * A run on a phone that is listened to.
     *
     * @param process steers it
     * @param fetching how far the fetching of what it left is; empty before it has ended
     * @param detach stops listening; the run goes on
     */
    record Following(
            RunProcess process, Supplier<Optional<TransferProgress>> fetching, Runnable detach) {}

    /**
     * A run that was left on a phone.
     *
     * @param folder its run folder here
     * @param serial the phone, as adb called it then
     * @param name for people
     */
    record Left(Path folder, String serial, String name) {}

    /**
     * A finished run made here.
     *
     * @param folder its run folder
     * @param name for people
     * @param words when, and how good
     */
    record Learned(Path folder, String name, String words) {}

    /**
     * Uses another adb program from the next {@link #track} on.
     *
     * @param program its path; empty to look for one
     */
    void use(String program);

    /**
     * Calls the listener with every phone there is, now and at each change, on any thread. Starts
     * an adb server where none listens.
     */
    Watch track(Consumer<PhoneTracker.Phones> listener);

    /** What a phone tells about itself. */
    PhoneReading read(String serial, Cancellation cancellation) throws PhoneException;

    /**
     * Bytes that a run takes with it, but for the engine.
     *
     * @throws RunFileException where model or data are not there
     */
    Map<TransferKind, Long> sizes(RunFile file) throws RunFileException, IOException;

    /**
     * Bytes of the engine for a phone.
     *
     * @throws PhoneException where there is none for it
     */
    long engineBytes(Told<String> abi) throws IOException;

    /** Sends a run without starting it. */
    PhoneStorage.Report send(
            String serial,
            RunFile file,
            Consumer<TransferProgress> progress,
            Cancellation cancellation)
            throws RunFileException, IOException;

    /** Sends what a finished run has learned; gives its folder on the phone. */
    String sendLearned(
            String serial,
            Path folder,
            Consumer<TransferProgress> progress,
            Cancellation cancellation)
            throws RunFileException, IOException;

    /** Sends what is missing and starts a run there. */
    Following start(
            String serial,
            RunFile file,
            Consumer<TransferProgress> progress,
            Cancellation cancellation,
            Consumer<Event> listener)
            throws RunFileException, IOException;

    /**
     * Follows a run that was left on a phone; the listener hears first what is known of it here.
     *
     * @param serial the phone as adb calls it now
     */
    Following follow(Left run, String serial, Consumer<Event> listener) throws IOException;

    /** Runs on phones whose end is not known here, the newest first. */
    List<Left> left() throws IOException;

    /** Waits no longer for the end of a run that was left. */
    void giveUp(Left run) throws IOException;

    /** Finished runs made here, the newest first. */
    List<Learned> learned() throws IOException;

    /** Removes what was sent; gives the names of what is not ours and was left. */
    List<String> clean(String serial, Cancellation cancellation) throws PhoneException;

    /** Connects a phone over the network. */
    void connect(PhoneAddress address, Cancellation cancellation) throws PhoneException;

    /** Pairs with a phone by the six digits it shows. */
    void pair(PhoneAddress address, String code, Cancellation cancellation) throws PhoneException;

    /** For a window without phones. */
    static PhoneEngine none() {
        return new NoPhones();
    }
}
