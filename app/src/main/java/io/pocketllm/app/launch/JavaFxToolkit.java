package io.pocketllm.app.launch;

import io.pocketllm.app.dialog.FxDialogs;
import io.pocketllm.app.phones.AdbPhoneEngine;
import io.pocketllm.app.setup.RunSource;
import io.pocketllm.app.shell.HostLoad;
import io.pocketllm.app.shell.HostProbing;
import io.pocketllm.app.shell.WindowSettings;
import io.pocketllm.app.shell.WorkbenchWindow;
import io.pocketllm.app.sweep.SweepEngine;
import io.pocketllm.app.task.FxTasks;
import io.pocketllm.device.DeviceCatalogue;
import io.pocketllm.run.RunFile;
import io.pocketllm.run.RunLibrary;
import io.pocketllm.run.Runs;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import javafx.animation.AnimationTimer;
import javafx.application.Platform;
import javafx.stage.Stage;

/** Starts JavaFX and opens the window, or says why it cannot. */
final class JavaFxToolkit {

    private static final int DRAWN_AFTER_PULSES = 3;

    private JavaFxToolkit() {}

    /** JavaFX did not start; the message says why, for people. */
    static final class Unavailable extends Exception {
        private static final long serialVersionUID = 1;

        Unavailable(Throwable cause) {
            super(reason(cause), cause);
        }

        private static String reason(Throwable cause) {
            Throwable deepest = cause;
            while (deepest.getCause() != null && deepest.getCause() != deepest) {
                deepest = deepest.getCause();
            }
            String said = deepest.getMessage() == null ? deepest.toString() : deepest.getMessage();
            boolean libraries =
                    said.contains("libgtk")
                            || said.contains("GTK")
                            || deepest instanceof LinkageError;
            return said.lines().findFirst().orElse(said)
                    + (libraries
                            ? " (Debian, Ubuntu: apt install libgtk-3-0; Fedora: dnf install gtk3)"
                            : "");
        }
    }

    /** What happens once the window is open. */
    enum Then {
        /** Nothing; a person does. */
        WAIT,
        /** The run that is set up starts. */
        START,
        /** It closes as soon as it has been drawn. */
        CLOSE
    }

    /** Opens the window and returns when it is closed. */
    static void openAndWait(Runs runs, RunFile file, Then then) throws Unavailable {
        CompletableFuture<Void> closed = new CompletableFuture<>();
        try (FxTasks tasks = new FxTasks()) {
            startToolkit(() -> open(runs, file, then, tasks, closed));
            closed.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new Unavailable(e.getCause());
        }
    }

    private static void startToolkit(Runnable onFxThread) throws Unavailable {
        try {
            Platform.startup(onFxThread);
        } catch (RuntimeException | LinkageError e) {
            // No GTK, no X server behind DISPLAY, no native libraries for this processor.
            throw new Unavailable(e);
        }
    }

    private static void open(
            Runs runs, RunFile file, Then then, FxTasks tasks, CompletableFuture<Void> closed) {
        try {
            Stage stage = new Stage();
            WorkbenchWindow window =
                    new WorkbenchWindow(
                            stage,
                            new WorkbenchWindow.Parts(
                                    runs,
                                    RunSource.of(runs),
                                    DeviceCatalogue.builtin(),
                                    new FxDialogs(() -> stage),
                                    tasks,
                                    HostLoad.realMeter(),
                                    new RunLibrary(runs.folders().runs(), runs.folders().cache()),
                                    new WindowSettings(runs.folders().settings()),
                                    HostProbing.Probe.of(runs.folders()),
                                    SweepEngine.of(runs),
                                    new AdbPhoneEngine(runs.folders()),
                                    runs.folders()));
            // A fault must never be silent, nor take the window down.
            Thread.setDefaultUncaughtExceptionHandler(
                    (thread, fault) -> tasks.onScreen(() -> window.workbench().tellFault(fault)));
            stage.setOnHidden(e -> closed.complete(null));
            window.show(file);
            switch (then) {
                case WAIT -> {}
                case START -> window.workbench().start();
                case CLOSE -> closeOnceDrawn(stage, window);
            }
        } catch (RuntimeException | LinkageError e) {
            closed.completeExceptionally(e);
        }
    }

    /** A frame is drawn between two pulses; with the third, the first frames are on the screen. */
    private static void closeOnceDrawn(Stage stage, WorkbenchWindow window) {
        new AnimationTimer() {
            private int pulses;

            @Override
            public void handle(long nanos) {
                pulses++;
                if (pulses >= DRAWN_AFTER_PULSES && stage.isShowing()) {
                    stop();
                    window.close();
                }
            }
        }.start();
    }
}
