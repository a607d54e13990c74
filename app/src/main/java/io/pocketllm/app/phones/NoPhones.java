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
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** A window that has nothing to do with adb: it says so, and every request is refused. */
final class NoPhones implements PhoneEngine {

    private static PhoneException refusal() {
        return new PhoneException(
                PhoneException.Reason.NO_ADB,
                "This window does not look for phones.",
                "Use the command line: pocketllm phones list.");
    }

    @Override
    public void use(String program) {}

    @Override
    public Watch track(Consumer<PhoneTracker.Phones> listener) {
        listener.accept(new PhoneTracker.Phones(List.of(), refusal()));
        return () -> {};
    }

    @Override
    public PhoneReading read(String serial, Cancellation cancellation) throws PhoneException {
        throw refusal();
    }

    @Override
    public Map<TransferKind, Long> sizes(RunFile file) throws PhoneException {
        throw refusal();
    }

    @Override
    public long engineBytes(Told<String> abi) throws PhoneException {
        throw refusal();
    }

    @Override
    public PhoneStorage.Report send(
            String serial,
            RunFile file,
            Consumer<TransferProgress> progress,
            Cancellation cancellation)
            throws PhoneException {
        throw refusal();
    }

    @Override
    public String sendLearned(
            String serial,
            Path folder,
            Consumer<TransferProgress> progress,
            Cancellation cancellation)
            throws PhoneException {
        throw refusal();
    }

    @Override
    public Following start(
            String serial,
            RunFile file,
            Consumer<TransferProgress> progress,
            Cancellation cancellation,
            Consumer<Event> listener)
            throws PhoneException {
        throw refusal();
    }

    @Override
    public Following follow(Left run, String serial, Consumer<Event> listener)
            throws PhoneException {
        throw refusal();
    }

    @Override
    public List<Left> left() {
        return List.of();
    }

    @Override
    public void giveUp(Left run) {}

    @Override
    public List<Learned> learned() {
        return List.of();
    }

    @Override
    public List<String> clean(String serial, Cancellation cancellation) throws PhoneException {
        throw refusal();
    }

    @Override
    public void connect(PhoneAddress address, Cancellation cancellation) throws PhoneException {
        throw refusal();
    }

    @Override
    public void pair(PhoneAddress address, String code, Cancellation cancellation)
            throws PhoneException {
        throw refusal();
    }
}
