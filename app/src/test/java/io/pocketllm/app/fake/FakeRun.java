package io.pocketllm.app.fake;

import io.pocketllm.run.Event;
import io.pocketllm.run.ExitCode;
import io.pocketllm.run.PredictionProcess;
import io.pocketllm.run.RunFile;
import io.pocketllm.run.RunFolder;
import io.pocketllm.run.RunProcess;
import io.pocketllm.run.TextQuestion;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** A worker that does nothing but note what it is told and say what the test says. */
public final class FakeRun implements RunProcess {

    private final Consumer<Event> listener;
    private final CompletableFuture<ExitCode> ended = new CompletableFuture<>();
    private final List<String> commands = Collections.synchronizedList(new ArrayList<>());
    private final List<TextQuestion> asked = Collections.synchronizedList(new ArrayList<>());
    private final RunFile file;
    private final Path folder;

    private FakeRun(RunFile file, Path folder, Consumer<Event> listener) {
        this.file = file;
        this.folder = folder;
        this.listener = listener;
    }

    /** Starts fake runs and keeps them. */
    public static final class Launcher implements RunProcess.Launcher {
        private final List<FakeRun> started = Collections.synchronizedList(new ArrayList<>());
        private final List<Question> questions = Collections.synchronizedList(new ArrayList<>());

        /** Where the next run lives. */
        public Path folder = Path.of("runs", "fake");

        @Override
        public RunProcess start(RunFile file, Consumer<Event> listener) {
            FakeRun run = new FakeRun(file, folder, listener);
            started.add(run);
            return run;
        }

        /** Says what a process that is asked about a text answers; null for no answer yet. */
        public void answer(Event.Prediction answer) {
            questions.getLast().answer.complete(answer);
        }

        /** The process that is asked ends without an answer. */
        public void answerNothing(String why) {
            questions.getLast().answer.completeExceptionally(new java.io.IOException(why));
        }

        /** What processes were asked: the folder or the run's name, and the text. */
        public List<String> questions() {
            return questions.stream().map(q -> q.what).toList();
        }

        /** Whether the newest process that was asked was ended. */
        public boolean lastQuestionClosed() {
            return questions.getLast().closed;
        }

        @Override
        public PredictionProcess predict(Path folder, String text) {
            return ask(folder + ": " + text);
        }

        @Override
        public PredictionProcess predict(RunFile file, String text) {
            return ask(file.spec().name() + ": " + text);
        }

        private PredictionProcess ask(String what) {
            Question question = new Question(what);
            questions.add(question);
            return question;
        }

        /** How many were started. */
        public int count() {
            return started.size();
        }

        /** The newest one. */
        public FakeRun last() {
            return started.getLast();
        }
    }

    private static final class Question implements PredictionProcess {
        private final String what;
        private final CompletableFuture<Event.Prediction> answer = new CompletableFuture<>();
        private boolean closed;

        Question(String what) {
            this.what = what;
        }

        @Override
        public CompletableFuture<Event.Prediction> answer() {
            return answer;
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    /** Says an event, as the worker's reader thread would. */
    public void say(Event event) {
        listener.accept(event);
    }

    /** The process is gone. */
    public void exit(ExitCode code) {
        ended.complete(code);
    }

    /** What it was told, in order. */
    public List<String> commands() {
        return List.copyOf(commands);
    }

    /** What it was started with. */
    public RunFile file() {
        return file;
    }

    @Override
    public void pause() {
        commands.add("pause");
    }

    @Override
    public void resume() {
        commands.add("resume");
    }

    @Override
    public void evaluate() {
        commands.add("evaluate");
    }

    @Override
    public boolean predict(TextQuestion question) {
        asked.add(question);
        return true;
    }

    /** What it was asked about texts, in order. */
    public List<TextQuestion> asked() {
        return List.copyOf(asked);
    }

    @Override
    public void plug(boolean connected) {
        commands.add(connected ? "plug" : "unplug");
    }

    @Override
    public void stop() {
        commands.add("stop");
    }

    @Override
    public void kill() {
        commands.add("kill");
        exit(ExitCode.INTERNAL_ERROR);
    }

    @Override
    public CompletableFuture<ExitCode> ended() {
        return ended;
    }

    @Override
    public RunFolder folder() {
        return new RunFolder(folder);
    }

    @Override
    public void close() {
        kill();
    }
}
