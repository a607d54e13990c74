package io.pocketllm.phone;

import io.pocketllm.run.Event;
import io.pocketllm.run.EventJson;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lines of a phone's event file as events: the engine's own, and its memory, which the phone's
 * shell reads. Keeps the last word back until the results are here.
 */
final class RunEvents {

    private static final Pattern MEMORY =
            Pattern.compile(
                    "\\{\"event\":\"phone-memory\",\"elapsedMillis\":(\\d{1,15}),\"rssKilobytes\":(\\d{1,12})}");

    private final long budgetBytes;
    private final long knownMillis;
    private long elapsedMillis;
    private long heapBytes;
    private long peakBytes;
    private int step;
    private Event last;

    /**
     * @param known events that are here already, from following the run before
     */
    RunEvents(List<Event> known, long budgetBytes) {
        this.budgetBytes = budgetBytes;
        for (Event event : known) {
            remember(event);
        }
        knownMillis = elapsedMillis;
    }

    /** The event of a line, to be told now; empty for none, one known already, or the last. */
    Optional<Event> of(String line) {
        Matcher memory = MEMORY.matcher(line);
        Optional<Event> event =
                memory.matches()
                        ? Optional.of(
                                new Event.Memory(
                                        Long.parseLong(memory.group(1)),
                                        Long.parseLong(memory.group(2)) * 1024,
                                        heapBytes,
                                        budgetBytes))
                        : EventJson.parse(line);
        if (event.isEmpty()) {
            return event;
        }
        if (event.get().isLast()) {
            last = event.get();
            return Optional.empty();
        }
        // This program died between writing events down and noting how far it was.
        boolean known = knownMillis > 0 && event.get().elapsedMillis() <= knownMillis;
        remember(event.get());
        return known ? Optional.empty() : event;
    }

    private void remember(Event event) {
        elapsedMillis = Math.max(elapsedMillis, event.elapsedMillis());
        switch (event) {
            case Event.Step s -> {
                step = s.step();
                heapBytes = s.heapBytes();
            }
            case Event.Memory m -> peakBytes = Math.max(peakBytes, m.rssBytes());
            default -> {}
        }
    }

    /** The newest time of the run that is known. */
    long elapsedMillis() {
        return elapsedMillis;
    }

    /** The last step that is known. */
    int step() {
        return step;
    }

    /** How the run ended: the engine's last word, or what can be told without one. */
    Event last(RunNews news, boolean killedByPerson) {
        if (news.killedKilobytes() != null) {
            long bytes = news.killedKilobytes() * 1024;
            return new Event.Killed(
                    elapsedMillis,
                    String.format(
                            Locale.ROOT,
                            "The run may hold %,d MB on this phone, and it held %,d MB after %d steps: it was ended.",
                            Math.round(budgetBytes / 1e6),
                            Math.round(bytes / 1e6),
                            step),
                    "Choose a smaller batch, shorter texts (data.maxTokens), or a space that moves less"
                            + " (head or lora); or set device.budgetBytes, at the cost of the apps on the phone.",
                    bytes,
                    budgetBytes,
                    step);
        }
        if (last instanceof Event.Finished f) {
            return f.withPeak(Math.max(peakBytes, f.peakRssBytes()));
        }
        if (last != null) {
            return last;
        }
        if (killedByPerson) {
            return new Event.Failed(
                    elapsedMillis,
                    "The run on the phone was ended at once, after " + step + " steps.",
                    "Stop a run instead of killing it, and it saves what it has learned.");
        }
        return news.exitCode() == null
                ? new Event.Failed(
                        elapsedMillis,
                        "The run on the phone is gone, after " + step + " steps.",
                        "The phone was restarted, or its system ended the run. What was learned until"
                                + " then is in trajectory.zot.")
                : new Event.Failed(
                        elapsedMillis,
                        "The engine on the phone ended with exit code "
                                + news.exitCode()
                                + " after "
                                + step
                                + " steps."
                                + (news.errors().isEmpty() ? "" : "\n" + news.errors()),
                        "Remove what was sent (pocketllm phones clean) and try again; report it with"
                                + " this message if it stays so.");
    }
}
