package io.pocketllm.app.task;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/**
 * {@link Tasks} that does everything at once on the caller's thread; its tickers move by {@link
 * #tick()}.
 */
public final class InlineTasks implements Tasks {

    private final List<Runnable> tickers = new ArrayList<>();

    @Override
    public <T> void run(Callable<T> work, Consumer<T> done, Consumer<Exception> failed) {
        T result;
        try {
            result = work.call();
        } catch (Exception e) {
            failed.accept(e);
            return;
        }
        done.accept(result);
    }

    @Override
    public void onScreen(Runnable action) {
        action.run();
    }

    @Override
    public Ticker every(Duration period, Runnable action) {
        tickers.add(action);
        return () -> tickers.remove(action);
    }

    /** One tick of every ticker, in the order they were made. */
    public void tick() {
        List.copyOf(tickers).forEach(Runnable::run);
    }
}
