package io.pocketllm.phone;

import io.pocketllm.run.Event;
import io.pocketllm.run.EventJson;
import io.pocketllm.run.EventLog;
import io.pocketllm.run.ExitCode;
import io.pocketllm.run.RunCommand;
import io.pocketllm.run.RunFolder;
import io.pocketllm.run.RunProcess;
import io.pocketllm.run.TextQuestion;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A run on a phone, seen like any other run: the same events, the same run folder here. The run
 * needs nobody connected; when the phone is unplugged it goes on, and its events are caught up with
 * when the phone is back. Asks the phone twice a second, each time from the byte where it stopped.
 */
public final class PhoneRun implements RunProcess {

    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration RETRY = Duration.ofSeconds(1);

    /** What is to be done on the phone: a line for the run, or its end at once. */
    private record Order(String line) {
        static final Order KILL = new Order(null);

        static Order of(RunCommand command) {
            return new Order(command.word());
        }
    }

    private final Phone phone;
    private final RunFolder folder;
    private final Consumer<Event> listener;
    private final CompletableFuture<ExitCode> ended = new CompletableFuture<>();
    private final Cancellation cancellation = new Cancellation();
    private final LinkedBlockingQueue<Order> orders = new LinkedBlockingQueue<>();
    private final Deque<Order> undone = new ArrayDeque<>();
    private final RunEvents events;
    private final WarmthWatch warmth;
    private volatile boolean closing;
    private volatile TransferProgress fetching;
    private PhoneRunFile place;
    private boolean lost;
    private boolean killedByPerson;

    private PhoneRun(Phone phone, RunFolder folder, Consumer<Event> listener) throws IOException {
        this.phone = phone;
        this.folder = folder;
        this.listener = listener;
        this.place = PhoneRunFile.read(folder);
        this.events = new RunEvents(folder.readEvents(), place.budgetBytes());
        this.warmth = new WarmthWatch(phone, WarmthWatch.EVERY);
    }

    /** Whether a folder is that of a run on a phone. */
    public static boolean isIn(Path folder) {
        return Files.isRegularFile(PhoneRunFile.in(new RunFolder(folder)));
    }

    static PhoneRun follow(Phone phone, RunFolder folder, Consumer<Event> listener)
            throws IOException {
        PhoneRun run = new PhoneRun(phone, folder, listener);
        Thread.ofPlatform().name("phone-run").start(run::follow);
        return run;
    }

    private void follow() {
        ExitCode code = ExitCode.INTERNAL_ERROR;
        try (EventLog log = new EventLog(folder.events())) {
            code = followToTheEnd(log);
        } catch (IOException e) {
            tell(new Event.Failed(events.elapsedMillis(), String.valueOf(e.getMessage()), hint(e)));
            code = ExitCode.PHONE_ERROR;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            ended.complete(code);
        }
    }

    private static String hint(IOException e) {
        return e instanceof PhoneException phone
                ? phone.hint()
                : "Check this computer's free space and the run folder's permissions.";
    }

    private ExitCode followToTheEnd(EventLog log) throws IOException, InterruptedException {
        while (!cancellation.isCancelled()) {
            Duration pause = POLL;
            try {
                obey();
                RunNews news = ask();
                back(log);
                take(news, log);
                feel(news, log);
                if (news.isLast()) {
                    return finish(news, log);
                }
                // More may be waiting than one answer holds.
                pause = news.eventBytes() > 100_000 ? Duration.ZERO : POLL;
            } catch (PhoneException e) {
                if (closing || cancellation.isCancelled()) {
                    return ExitCode.INTERRUPTED;
                }
                if (!e.mayPass()) {
                    throw e;
                }
                away(e, log);
                pause = RETRY;
            }
            Order next = orders.poll(pause.toMillis(), TimeUnit.MILLISECONDS);
            if (next != null) {
                undone.add(next);
            }
        }
        return ExitCode.INTERRUPTED;
    }

    /** Carries out what was asked for; stays in the queue while the phone is away. */
    private void obey() throws PhoneException {
        while (!undone.isEmpty()) {
            Order order = undone.peek();
            String there = PhonePaths.absolute(place.folder());
            if (order.line() == null) {
                killedByPerson = true;
                phone.run(PhoneScript.KILL_RUN.with(there), Phone.SHORT, cancellation);
            } else {
                phone.run(
                        PhoneScript.TELL_RUN.with(there, order.line()), Phone.SHORT, cancellation);
            }
            undone.remove();
        }
    }

    private RunNews ask() throws PhoneException {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        String command =
                PhoneScript.FOLLOW_RUN.with(
                        PhonePaths.absolute(place.folder()),
                        String.valueOf(place.eventBytes() + 1));
        try (ShellSession session = phone.shell(command, Phone.SHORT, answer, cancellation)) {
            session.closeInput();
            if (session.await() == 3) {
                throw new PhoneException(
                        PhoneException.Reason.REFUSED,
                        "The run's folder is no longer on the phone.",
                        "Somebody removed it; what was heard of the run is in this run folder.");
            }
        }
        return RunNews.parse(answer.toByteArray());
    }

    private void take(RunNews news, EventLog log) throws IOException {
        for (String line : news.lines()) {
            Optional<Event> event = events.of(line);
            if (event.isPresent()) {
                publish(event.get(), log);
            }
        }
        if (news.eventBytes() > 0) {
            place =
                    new PhoneRunFile(
                            place.serial(),
                            place.folder(),
                            place.eventBytes() + news.eventBytes(),
                            place.budgetBytes());
            place.write(folder);
        }
    }

    /** Temperature and battery while the run goes on, and as it has ended. */
    private void feel(RunNews news, EventLog log) throws IOException {
        Optional<Event> felt = Optional.empty();
        if (news.isLast() && warmth.hasLooked()) {
            felt = warmth.look(events.elapsedMillis(), events.step(), cancellation);
        } else if (news.running() && events.elapsedMillis() > 0) {
            felt = warmth.lookWhenDue(events.elapsedMillis(), events.step(), cancellation);
        }
        if (felt.isPresent()) {
            publish(felt.get(), log);
        }
    }

    private void away(PhoneException e, EventLog log) throws IOException {
        if (!lost) {
            lost = true;
            publish(
                    new Event.Warning(
                            events.elapsedMillis(),
                            "The phone is away; the run goes on there. " + e.getMessage(),
                            e.hint()),
                    log);
        }
    }

    private void back(EventLog log) throws IOException {
        if (lost) {
            lost = false;
            publish(
                    new Event.Warning(
                            events.elapsedMillis(),
                            "The phone is back.",
                            "Its events of the meantime follow."),
                    log);
        }
    }

    /** Fetches what the run left behind, then says the last word. */
    private ExitCode finish(RunNews news, EventLog log) throws IOException, InterruptedException {
        RunResults results = new RunResults(phone, place.folder(), folder, p -> fetching = p);
        while (!results.fetch(cancellation)) {
            if (closing || cancellation.isCancelled()) {
                return ExitCode.INTERRUPTED;
            }
            TimeUnit.MILLISECONDS.sleep(RETRY.toMillis());
        }
        Event last = events.last(news, killedByPerson);
        publish(last, log);
        Files.writeString(folder.summary(), EventJson.line(last) + "\n");
        if (last instanceof Event.Killed) {
            return ExitCode.KILLED;
        }
        return news.exitCode() == null ? ExitCode.INTERNAL_ERROR : ExitCode.of(news.exitCode());
    }

    private void publish(Event event, EventLog log) throws IOException {
        // What a person asked about is their own; it is not kept.
        if (!(event instanceof Event.Prediction)) {
            log.append(event);
        }
        tell(event);
    }

    private void tell(Event event) {
        try {
            listener.accept(event);
        } catch (RuntimeException e) {
            Thread thread = Thread.currentThread();
            thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
        }
    }

    @Override
    public void pause() {
        orders.add(Order.of(RunCommand.PAUSE));
    }

    @Override
    public void resume() {
        orders.add(Order.of(RunCommand.RESUME));
    }

    @Override
    public void evaluate() {
        orders.add(Order.of(RunCommand.EVALUATE));
    }

    /** Answered as soon as the phone is there and the running step is done. */
    @Override
    public boolean predict(TextQuestion question) {
        orders.add(new Order(question.line()));
        return !ended.isDone();
    }

    @Override
    public void stop() {
        orders.add(Order.of(RunCommand.STOP));
    }

    @Override
    public void kill() {
        orders.add(Order.KILL);
    }

    @Override
    public CompletableFuture<ExitCode> ended() {
        return ended;
    }

    @Override
    public RunFolder folder() {
        return folder;
    }

    /**
     * How far the fetching of what it left is; empty before it has ended there. From any thread.
     */
    public Optional<TransferProgress> fetching() {
        return Optional.ofNullable(fetching);
    }

    /** Stops following; the run goes on on the phone. {@link PhoneLauncher#attach} takes it up. */
    public void detach() {
        cancellation.cancel();
        orders.add(Order.of(RunCommand.RESUME));
    }

    /** Ends the run if it still goes on and the phone is there. */
    @Override
    public void close() {
        if (!ended.isDone()) {
            closing = true;
            kill();
        }
    }
}
