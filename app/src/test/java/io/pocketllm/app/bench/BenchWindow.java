package io.pocketllm.app.bench;

import io.pocketllm.app.fake.FakeRun;
import io.pocketllm.app.fake.TestWindow;
import io.pocketllm.app.launch.SystemProperties;
import io.pocketllm.app.shell.HostLoad;
import io.pocketllm.app.shell.WorkbenchViewModel;
import io.pocketllm.app.shell.WorkbenchWindow;
import io.pocketllm.run.Folders;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javafx.animation.AnimationTimer;
import javafx.application.Platform;
import javafx.scene.Scene;
import javafx.stage.Stage;

/** The real window over a temporary home and a worker that says what the benchmark says. */
final class BenchWindow implements AutoCloseable {

    private static final long PATIENCE_MINUTES = 5;

    private final TestWindow setUp = new TestWindow();
    private final WorkbenchWindow window;
    private final Stage stage;

    private record Opened(Stage stage, WorkbenchWindow window) {}

    /**
     * @param home where runs and settings are
     */
    BenchWindow(Path home) throws Exception {
        SystemProperties.set(Folders.under(home));
        CompletableFuture<Opened> opened = new CompletableFuture<>();
        Platform.startup(
                () -> {
                    try {
                        opened.complete(open(home));
                    } catch (RuntimeException | LinkageError e) {
                        opened.completeExceptionally(e);
                    }
                });
        Opened shown = opened.get(PATIENCE_MINUTES, TimeUnit.MINUTES);
        stage = shown.stage();
        window = shown.window();
        awaitFrames();
    }

    private Opened open(Path home) {
        Stage shown = new Stage();
        WorkbenchWindow made = setUp.meter(HostLoad.realMeter()).show(shown, home);
        return new Opened(shown, made);
    }

    /** Does something on the window's thread and gives what came out. */
    <T> T onScreen(Callable<T> work) throws Exception {
        CompletableFuture<T> done = new CompletableFuture<>();
        Platform.runLater(
                () -> {
                    try {
                        done.complete(work.call());
                    } catch (Exception e) {
                        done.completeExceptionally(e);
                    }
                });
        return done.get(PATIENCE_MINUTES, TimeUnit.MINUTES);
    }

    /** Waits until what is on the screen now has been laid out and handed to be drawn. */
    void awaitFrames() throws Exception {
        CountDownLatch two = new CountDownLatch(2);
        onScreen(
                () -> {
                    new AnimationTimer() {
                        @Override
                        public void handle(long nanos) {
                            two.countDown();
                            if (two.getCount() == 0) {
                                stop();
                            }
                        }
                    }.start();
                    return null;
                });
        if (!two.await(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
            throw new IllegalStateException("the window draws no frames");
        }
    }

    /** Starts a run by the window's own action and gives its worker. */
    FakeRun startRun() throws Exception {
        long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(PATIENCE_MINUTES);
        while (setUp.launcher().count() == 0) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("the run does not start");
            }
            // Start is held back until the run's preview is there.
            onScreen(
                    () -> {
                        workbench().start();
                        return null;
                    });
            awaitFrames();
        }
        return setUp.launcher().last();
    }

    WorkbenchViewModel workbench() {
        return window.workbench();
    }

    Scene scene() {
        return stage.getScene();
    }

    @Override
    public void close() {
        setUp.close();
        Platform.exit();
    }
}
