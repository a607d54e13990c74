package io.pocketllm.run.sweep;

import io.pocketllm.run.Event;
import io.pocketllm.run.EventLog;
import io.pocketllm.run.ExitCode;
import io.pocketllm.run.RunFile;
import io.pocketllm.run.RunFolder;
import io.pocketllm.run.RunProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Runs without workers: each folder's name has a script of events that ends the run or not. */
final class FakeRuns implements Starter {

    /** What happened, such as "start run-0001" or "stop run-0002". */
    final List<String> calls = new ArrayList<>();

    private final Map<String, List<Event>> scripts = new HashMap<>();

    void script(int number, Event... events) {
        scripts.put(new Combination(number, Map.of(), Map.of()).folderName(), List.of(events));
    }

    static Event.Evaluated evaluated(int step, double loss) {
        return new Event.Evaluated(step, step, "validation", loss, 1 - loss / 10, 9);
    }

    static Event.Finished finished(int step, double loss) {
        return new Event.Finished(step, step, false, loss, 1 - loss / 10, 0.1, 0.5, 100);
    }

    @Override
    public RunProcess start(RunFile file, Path out, Consumer<Event> listener) throws IOException {
        Files.createDirectory(out);
        Files.writeString(out.resolve("run.json"), file.toJson());
        Files.writeString(out.resolve("trajectory.zot"), "steps");
        return play("start ", new RunFolder(out), listener);
    }

    @Override
    public RunProcess resume(Path folder, Consumer<Event> listener) {
        return play("resume ", new RunFolder(folder), listener);
    }

    private RunProcess play(String how, RunFolder folder, Consumer<Event> listener) {
        String name = folder.path().getFileName().toString();
        calls.add(how + name);
        Fake fake = new Fake(folder, name, listener);
        scripts.getOrDefault(name, List.of(finished(9, 1))).forEach(fake::tell);
        return fake;
    }

    private final class Fake implements RunProcess {

        private final RunFolder folder;
        private final String name;
        private final Consumer<Event> listener;
        private final CompletableFuture<ExitCode> ended = new CompletableFuture<>();

        Fake(RunFolder folder, String name, Consumer<Event> listener) {
            this.folder = folder;
            this.name = name;
            this.listener = listener;
        }

        void tell(Event event) {
            try (EventLog log = new EventLog(folder.events())) {
                log.append(event);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            listener.accept(event);
            if (event.isLast()) {
                ended.complete(ExitCode.DONE);
            }
        }

        @Override
        public void stop() {
            calls.add("stop " + name);
            if (!ended.isDone()) {
                tell(new Event.Finished(50, 5, true, 2.0, 0.5, 0.1, 0.5, 100));
            }
        }

        @Override
        public void kill() {
            calls.add("kill " + name);
            if (!ended.isDone()) {
                tell(new Event.Failed(50, "ended at once", ""));
            }
        }

        @Override
        public void pause() {}

        @Override
        public void resume() {}

        @Override
        public void evaluate() {}

        @Override
        public CompletableFuture<ExitCode> ended() {
            return ended;
        }

        @Override
        public RunFolder folder() {
            return folder;
        }

        @Override
        public void close() {}
    }
}
