package io.pocketllm.run;

import io.pocketllm.device.LowMemoryKiller;
import io.pocketllm.device.MemoryListener;
import io.pocketllm.device.PhoneLimits;
import io.pocketllm.device.PhoneProcess;
import io.pocketllm.device.SimulatedPhone;
import io.pocketllm.zo.noise.NoiseKernels;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * A run in a worker under a simulated phone. Joins two sources into one stream: the worker's
 * events, and this side's readings of its memory. The stream always ends with a last event,
 * whatever becomes of the worker.
 */
final class WorkerProcess implements RunProcess {

    /** The killer looks more often than a chart needs to be told. */
    private static final long MEMORY_EVENT_MILLIS = 200;

    private static final int ERROR_TAIL_CHARS = 2000;

    private final RunFolder folder;
    private final SimulatedPhone phone;
    private final Consumer<Event> listener;
    private final EventLog log;
    private final Stopwatch clock = Stopwatch.fromNow();
    private final CompletableFuture<ExitCode> ended = new CompletableFuture<>();
    private final PhoneProcess process;
    private final Writer commands;
    private final StringBuilder errors = new StringBuilder();

    // Guarded by "this".
    private boolean over;
    private long lastMemoryMillis = -MEMORY_EVENT_MILLIS;
    private long heapBytes;
    private int lastStep;
    private boolean toldNotKept;

    private volatile boolean killedByPerson;

    private WorkerProcess(
            RunFolder folder,
            SimulatedPhone phone,
            Path cache,
            boolean resume,
            Consumer<Event> listener)
            throws IOException {
        this.folder = folder;
        this.phone = phone;
        this.listener = listener;
        this.log = new EventLog(folder.events());
        try {
            this.process = phone.start(WorkerCommand.of(folder, cache, resume), new Readings());
        } catch (IOException | RuntimeException e) {
            log.close();
            throw e;
        }
        this.commands = process.process().outputWriter(StandardCharsets.UTF_8);
    }

    /**
     * @param resume whether the folder's run goes on behind its last whole step
     */
    static WorkerProcess start(
            RunFolder folder,
            SimulatedPhone phone,
            Path cache,
            boolean resume,
            Consumer<Event> listener)
            throws IOException {
        WorkerProcess worker = new WorkerProcess(folder, phone, cache, resume, listener);
        Thread.ofPlatform().daemon().name("worker-errors").start(worker::readErrors);
        Thread.ofPlatform().name("worker-events").start(worker::readEvents);
        return worker;
    }

    private void readEvents() {
        try (BufferedReader lines = process.process().inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                EventJson.parse(line).ifPresent(this::publish);
            }
        } catch (IOException e) {
            // The worker died in the middle of a line; what it was comes out below.
        }
        ExitCode code = ExitCode.INTERNAL_ERROR;
        try {
            Optional<LowMemoryKiller.Kill> kill = process.awaitVerdict();
            int exit = process.process().exitValue();
            if (kill.isPresent()) {
                publish(killed(kill.get()));
                code = ExitCode.KILLED;
            } else {
                code = ExitCode.of(exit);
                publish(died(exit));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            finish(code);
        }
    }

    private static String limit(PhoneLimits limits) {
        if (limits.killLineBytes() == 0) {
            return MemoryLimit.NONE;
        }
        return limits.controlGroup() ? MemoryLimit.CGROUP : MemoryLimit.POLLED;
    }

    private Event killed(LowMemoryKiller.Kill kill) {
        String where = phone.profile() == null ? "The memory limit" : phone.profile().name();
        boolean moved = kill.budgetBytes() != phone.budgetBytes();
        return new Event.Killed(
                clock.elapsedMillis(),
                String.format(
                        Locale.ROOT,
                        "%s allows this run %,d MB%s, and it held %,d MB after %d steps: the low-memory killer ended it.",
                        where,
                        megabytes(phone.budgetBytes()),
                        moved
                                ? String.format(
                                        Locale.ROOT,
                                        " (%,d MB with zRAM and background load)",
                                        megabytes(kill.budgetBytes()))
                                : "",
                        megabytes(kill.rssBytes()),
                        lastStep()),
                "Choose a phone with more memory, a smaller batch, shorter texts (data.maxTokens),"
                        + " or a space that moves less (head or lora).",
                kill.rssBytes(),
                phone.budgetBytes(),
                lastStep(),
                kill.budgetBytes(),
                kill.cause() == LowMemoryKiller.Cause.CONTROL_GROUP
                        ? MemoryLimit.CGROUP
                        : MemoryLimit.POLLED);
    }

    private synchronized int lastStep() {
        return lastStep;
    }

    /** Only published where the worker did not say its last word itself. */
    private Event died(int exit) {
        if (killedByPerson) {
            return new Event.Failed(
                    clock.elapsedMillis(),
                    "The worker was ended at once, after " + lastStep() + " steps.",
                    "Stop a run instead of killing it, and it saves what it has learned.");
        }
        String tail;
        synchronized (errors) {
            tail = errors.toString().strip();
        }
        String how = exit > 128 ? "by signal " + (exit - 128) : "with exit code " + exit;
        return new Event.Failed(
                clock.elapsedMillis(),
                "The worker ended "
                        + how
                        + " after "
                        + lastStep()
                        + " steps."
                        + (tail.isEmpty() ? "" : "\n" + tail),
                "What was learned until then is in trajectory.zot, and --resume goes on from it. If nobody ended the process, this is a fault worth"
                        + " reporting, with java-crash.log of the run folder if there is one.");
    }

    private static long megabytes(long bytes) {
        return Math.round(bytes / 1e6);
    }

    private void readErrors() {
        try (BufferedReader reader =
                new BufferedReader(
                        new InputStreamReader(
                                process.process().getErrorStream(), StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (line.startsWith(NoiseKernels.MODULE_WARNING)) {
                    continue;
                }
                synchronized (errors) {
                    errors.append(line).append('\n');
                    if (errors.length() > ERROR_TAIL_CHARS) {
                        errors.delete(0, errors.length() - ERROR_TAIL_CHARS);
                    }
                }
            }
        } catch (IOException e) {
            // The worker is gone; what it said so far is kept.
        }
    }

    /** Writes an event down and hands it on; nothing follows the last one. */
    private synchronized void publish(Event event) {
        if (over) {
            return;
        }
        Event complete = event;
        if (event instanceof Event.Step step) {
            lastStep = step.step();
            heapBytes = step.heapBytes();
        } else if (event instanceof Event.Started s) {
            PhoneLimits limits = process.limits();
            complete = s.withLimits(limits.killLineBytes(), limit(limits), limits.cores());
        } else if (event instanceof Event.Finished f) {
            complete = f.withPeak(process.peakRssBytes());
        }
        over = complete.isLast();
        Event warning = null;
        try {
            // A text that was asked about is a person's own and stays out of the run folder.
            if (!(complete instanceof Event.Prediction)) {
                log.append(complete);
            }
            if (over) {
                Files.writeString(folder.summary(), EventJson.line(complete) + "\n");
            }
        } catch (IOException e) {
            // The disk is full or the folder gone: the run goes on, and the listener still hears
            // everything.
            warning = notKept(e);
        }
        tell(warning);
        tell(complete);
    }

    /** Says once that the run folder no longer takes what happens; null after that. */
    private Event notKept(IOException problem) {
        if (toldNotKept) {
            return null;
        }
        toldNotKept = true;
        return new Event.Warning(
                clock.elapsedMillis(),
                "The run folder cannot be written: " + problem.getMessage() + ".",
                "Free some space, or put the folder back. The run goes on, and what is shown here"
                        + " stays, but its events are not kept.");
    }

    private void tell(Event event) {
        if (event == null) {
            return;
        }
        try {
            listener.accept(event);
        } catch (RuntimeException e) {
            Thread thread = Thread.currentThread();
            thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
        }
    }

    private void finish(ExitCode code) {
        process.close();
        try {
            log.close();
        } catch (IOException e) {
            // Every line was written with its own call; closing adds nothing.
        }
        ended.complete(code);
    }

    private final class Readings implements MemoryListener {
        @Override
        public void reading(long rssBytes) {
            synchronized (WorkerProcess.this) {
                long now = clock.elapsedMillis();
                long line = phone.killLineBytes();
                boolean overBudget = line > 0 && rssBytes > line;
                if (now - lastMemoryMillis >= MEMORY_EVENT_MILLIS || overBudget) {
                    lastMemoryMillis = now;
                    publish(new Event.Memory(now, rssBytes, heapBytes, phone.budgetBytes()));
                }
            }
        }

        @Override
        public void killed(LowMemoryKiller.Kill kill) {
            // Published once the worker's own last lines have been read: see readEvents.
        }
    }

    private void give(RunCommand command) {
        say(command.word());
    }

    private void say(String line) {
        synchronized (commands) {
            try {
                commands.write(line + "\n");
                commands.flush();
            } catch (IOException e) {
                // The worker is gone; its last event tells.
            }
        }
    }

    @Override
    public void pause() {
        give(RunCommand.PAUSE);
    }

    @Override
    public void resume() {
        give(RunCommand.RESUME);
    }

    @Override
    public void evaluate() {
        give(RunCommand.EVALUATE);
    }

    @Override
    public boolean predict(TextQuestion question) {
        say(question.line());
        return true;
    }

    @Override
    public void stop() {
        give(RunCommand.STOP);
    }

    @Override
    public void plug(boolean connected) {
        give(connected ? RunCommand.PLUG : RunCommand.UNPLUG);
    }

    @Override
    public void kill() {
        killedByPerson = true;
        process.process().destroyForcibly();
    }

    @Override
    public CompletableFuture<ExitCode> ended() {
        return ended;
    }

    @Override
    public RunFolder folder() {
        return folder;
    }

    @Override
    public void close() {
        if (process.process().isAlive()) {
            kill();
        }
    }
}
