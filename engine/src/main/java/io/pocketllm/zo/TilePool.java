package io.pocketllm.zo;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Runs work over tiles on a fixed number of threads. The work must give the same result for any
 * split of the tiles.
 */
final class TilePool implements AutoCloseable {

    /** Work on elements [from, to). */
    @FunctionalInterface
    interface TileWork {
        void run(long from, long to);
    }

    private final int threads;
    private final ExecutorService executor;

    TilePool(int threads) {
        this.threads = threads;
        this.executor =
                threads == 1
                        ? null
                        : Executors.newFixedThreadPool(
                                threads, Thread.ofPlatform().name("noise-", 0).daemon().factory());
    }

    /** Covers [0, elements) once; returns when all of it is done. */
    void forEachTile(long elements, TileWork work) {
        if (executor == null || elements <= NoiseStream.TILE_ELEMENTS) {
            work.run(0, elements);
            return;
        }
        long tiles = (elements + NoiseStream.TILE_ELEMENTS - 1) / NoiseStream.TILE_ELEMENTS;
        long each = (tiles + threads - 1) / threads * NoiseStream.TILE_ELEMENTS;
        List<Future<?>> running = new ArrayList<>();
        for (long from = 0; from < elements; from += each) {
            long start = from;
            long end = Math.min(elements, from + each);
            running.add(executor.submit(() -> work.run(start, end)));
        }
        for (Future<?> future : running) {
            try {
                future.get();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while drawing noise", e);
            } catch (ExecutionException e) {
                throw new IllegalStateException("drawing noise failed", e.getCause());
            }
        }
    }

    @Override
    public void close() {
        if (executor != null) {
            executor.shutdownNow();
        }
    }
}
