package io.pocketllm.app.fake;

import io.pocketllm.app.phones.PhoneEngine;
import io.pocketllm.phone.Cancellation;
import io.pocketllm.phone.ConnectedPhone;
import io.pocketllm.phone.CoreKind;
import io.pocketllm.phone.PhoneAddress;
import io.pocketllm.phone.PhoneException;
import io.pocketllm.phone.PhoneReading;
import io.pocketllm.phone.PhoneState;
import io.pocketllm.phone.PhoneStorage;
import io.pocketllm.phone.PhoneTracker;
import io.pocketllm.phone.Told;
import io.pocketllm.phone.TransferKind;
import io.pocketllm.phone.TransferProgress;
import io.pocketllm.run.Event;
import io.pocketllm.run.RunFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Phones that are made up: a test says what adb would list, what they tell and what happens. */
public final class FakePhones implements PhoneEngine {

    /** What a phone takes with a run, bytes. */
    public static final Map<TransferKind, Long> SIZES =
            Map.of(
                    TransferKind.RUN,
                    4_000L,
                    TransferKind.MODEL,
                    90_400_000L,
                    TransferKind.DATA,
                    1_100_000L);

    private static final long ENGINE_BYTES = 87_000_000;

    /** A moment in which a test can do something; on the thread that works. */
    @FunctionalInterface
    public interface Moment {
        /** What it throws ends the work. */
        void happen(Consumer<TransferProgress> progress, Cancellation cancellation)
                throws PhoneException;
    }

    private final Map<String, PhoneReading> readings = new ConcurrentHashMap<>();
    private final Map<String, PhoneException> refusals = new ConcurrentHashMap<>();
    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    private final Map<String, FakeRun> runs = new ConcurrentHashMap<>();
    private final FakeRun.Launcher launcher = new FakeRun.Launcher();
    private PhoneTracker.Phones now = new PhoneTracker.Phones(List.of(), null);
    private Consumer<PhoneTracker.Phones> listener;

    /** Happens in the middle of each sending, of connecting and of pairing. */
    public volatile Moment during = (progress, cancellation) -> {};

    /** Happens in the middle of each reading. */
    public volatile Moment whileReading = (progress, cancellation) -> {};

    /** Runs that were left on phones. */
    public volatile List<Left> left = List.of();

    /** Finished runs. */
    public volatile List<Learned> learned = List.of();

    /** Events that are known of a run that is followed again. */
    public volatile List<Event> known = List.of();

    /** What cleaning leaves. */
    public volatile List<String> leftByCleaning = List.of();

    /** How far the fetching of results is. */
    public volatile TransferProgress fetching;

    /** A phone that is ready. */
    public static ConnectedPhone ready(String serial, String model) {
        return phone(serial, PhoneState.DEVICE, "device", model);
    }

    /** A phone in some state. */
    public static ConnectedPhone phone(
            String serial, PhoneState state, String stateText, String model) {
        String usb = serial.contains(":") ? "" : "1-2";
        return new ConnectedPhone(serial, state, stateText, model, model, model, usb);
    }

    /** What a well-behaved phone tells. */
    public static PhoneReading reading(String model) {
        Map<String, Double> temperatures = new LinkedHashMap<>();
        temperatures.put("CPU", 41.2);
        temperatures.put("skin", 33.0);
        return new PhoneReading(
                told(model),
                told("OPPO"),
                told("MT6877"),
                told("13"),
                told("arm64-v8a"),
                told(7_950_000_000L),
                told(3_560_000_000L),
                told(2_000_000_000L),
                told(
                        List.of(
                                new PhoneReading.Cluster(
                                        new CoreKind("Cortex-A78", 16, false),
                                        2,
                                        told(2_400_000_000L),
                                        told(1024)),
                                new PhoneReading.Cluster(
                                        new CoreKind("Cortex-A55", 8, true),
                                        6,
                                        told(2_000_000_000L),
                                        told(400)))),
                told(71.0),
                told(31.5),
                told(true),
                new Told<>(null, "the phone does not let adb's shell read the battery's charge"),
                told(0),
                temperatures,
                told(61_000_000_000L));
    }

    /** A phone that hides its memory and its cores. */
    public static PhoneReading hiding() {
        PhoneReading all = reading("Quiet 1");
        return new PhoneReading(
                all.model(),
                all.maker(),
                all.chip(),
                all.androidRelease(),
                all.abi(),
                new Told<>(null, "/proc/meminfo tells no MemTotal"),
                new Told<>(null, "/proc/meminfo tells no MemAvailable"),
                all.swapBytes(),
                new Told<>(null, "/proc/cpuinfo may not be read"),
                all.batteryPercent(),
                all.batteryCelsius(),
                all.plugged(),
                all.batteryMilliampereHours(),
                new Told<>(null, "dumpsys thermalservice tells no status"),
                Map.of(),
                all.freeBytes());
    }

    /** A value that was told. */
    public static <T> Told<T> told(T value) {
        return new Told<>(value, null);
    }

    /** What adb lists from now on. */
    public void list(ConnectedPhone... phones) {
        say(new PhoneTracker.Phones(List.of(phones), null));
    }

    /** adb cannot be asked. */
    public void fail(PhoneException problem) {
        say(new PhoneTracker.Phones(List.of(), problem));
    }

    private synchronized void say(PhoneTracker.Phones phones) {
        now = phones;
        if (listener != null) {
            listener.accept(phones);
        }
    }

    /** What a phone tells. */
    public void tells(String serial, PhoneReading reading) {
        readings.put(serial, reading);
    }

    /** What a phone refuses from now on; null for nothing. */
    public void refuses(String serial, PhoneException problem) {
        if (problem == null) {
            refusals.remove(serial);
        } else {
            refusals.put(serial, problem);
        }
    }

    /** What was asked for, in order, such as "read 1a2b". */
    public List<String> asked() {
        return List.copyOf(asked);
    }

    /** The newest run on a phone; null for none. */
    public FakeRun run(String serial) {
        return runs.get(serial);
    }

    /** Where the next run lives here. */
    public void runsIn(Path folder) {
        launcher.folder = folder;
    }

    /** How far a transfer of the usual sizes is. */
    public static TransferProgress progress(
            String what, long doneBytes, double bytesPerSecond, TransferProgress.Part... parts) {
        long total = 0;
        for (TransferProgress.Part part : parts) {
            total += part.totalBytes();
        }
        return new TransferProgress(what, doneBytes, total, bytesPerSecond, List.of(parts));
    }

    @Override
    public void use(String program) {
        asked.add("use " + program);
    }

    @Override
    public synchronized Watch track(Consumer<PhoneTracker.Phones> wanted) {
        asked.add("track");
        listener = wanted;
        wanted.accept(now);
        return () -> asked.add("untrack");
    }

    private void ask(String what, String serial) throws PhoneException {
        asked.add(what + " " + serial);
        if (refusals.containsKey(serial)) {
            throw refusals.get(serial);
        }
    }

    private void work(Consumer<TransferProgress> progress, Cancellation cancellation)
            throws PhoneException {
        during.happen(progress, cancellation);
        if (cancellation.isCancelled()) {
            throw new PhoneException(PhoneException.Reason.CANCELLED, "Cancelled.", "");
        }
    }

    @Override
    public PhoneReading read(String serial, Cancellation cancellation) throws PhoneException {
        ask("read", serial);
        whileReading.happen(p -> {}, cancellation);
        return readings.getOrDefault(serial, reading("CPH2251"));
    }

    @Override
    public Map<TransferKind, Long> sizes(RunFile file) {
        return SIZES;
    }

    @Override
    public long engineBytes(Told<String> abi) throws PhoneException {
        if (!abi.isTold()) {
            throw new PhoneException(
                    PhoneException.Reason.UNFIT,
                    "The engine cannot run on this phone: " + abi.reason() + ".",
                    "It needs a 64-bit system.");
        }
        return ENGINE_BYTES;
    }

    @Override
    public PhoneStorage.Report send(
            String serial,
            RunFile file,
            Consumer<TransferProgress> progress,
            Cancellation cancellation)
            throws PhoneException {
        ask("send", serial);
        work(progress, cancellation);
        return new PhoneStorage.Report(91_500_000, 5, 1);
    }

    @Override
    public String sendLearned(
            String serial,
            Path folder,
            Consumer<TransferProgress> progress,
            Cancellation cancellation)
            throws PhoneException {
        ask("send learned", serial);
        work(progress, cancellation);
        return "tuned/" + folder.getFileName();
    }

    @Override
    public Following start(
            String serial,
            RunFile file,
            Consumer<TransferProgress> progress,
            Cancellation cancellation,
            Consumer<Event> heard)
            throws PhoneException {
        ask("start", serial);
        work(progress, cancellation);
        return following(serial, file, heard);
    }

    @Override
    public Following follow(Left run, String serial, Consumer<Event> heard) throws PhoneException {
        ask("follow " + run.folder().getFileName(), serial);
        known.forEach(heard);
        launcher.folder = run.folder();
        return following(serial, Sample.file(), heard);
    }

    private Following following(String serial, RunFile file, Consumer<Event> heard) {
        FakeRun run = (FakeRun) launcher.start(file, heard);
        runs.put(serial, run);
        return new Following(
                run, () -> Optional.ofNullable(fetching), () -> asked.add("detach " + serial));
    }

    @Override
    public List<Left> left() {
        return left;
    }

    @Override
    public void giveUp(Left run) {
        asked.add("give up " + run.name());
        left = left.stream().filter(each -> !each.equals(run)).toList();
    }

    @Override
    public List<Learned> learned() {
        return learned;
    }

    @Override
    public List<String> clean(String serial, Cancellation cancellation) throws PhoneException {
        ask("clean", serial);
        return leftByCleaning;
    }

    @Override
    public void connect(PhoneAddress address, Cancellation cancellation) throws PhoneException {
        ask("connect", address.toString());
        work(p -> {}, cancellation);
    }

    @Override
    public void pair(PhoneAddress address, String code, Cancellation cancellation)
            throws PhoneException {
        ask("pair " + code, address.toString());
        work(p -> {}, cancellation);
    }
}
