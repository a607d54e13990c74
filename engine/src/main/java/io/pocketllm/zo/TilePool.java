package io.pocketllm.zo;

import io.pocketllm.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs work over tiles on a fixed number of threads, the caller's among them. The work must give
 * the same result for any split of the tiles.
 *
 * <p>The tiles of all tensors are one list, and a thread that has finished one takes the next: a
 * model of many small tensors keeps every thread busy, and one that another program has slowed down
 * holds nobody up for more than a tile.
 */
final class TilePool implements AutoCloseable {

    /** Work on elements [from, to). */
    @FunctionalInterface
    interface TileWork {
        void run(long from, long to);
    }

    /** Work on elements [from, to) of the tensor at this place of the list. */
    @FunctionalInterface
    interface MultiTileWork {
        void run(int tensorIndex, long from, long to);
    }

    private final int threads;
    private final ExecutorService executor;

    TilePool(int threads) {
        this.threads = threads;
        this.executor =
                threads == 1
                        ? null
                        : Executors.newFixedThreadPool(
                                threads - 1,
                                Thread.ofPlatform().name("noise-", 0).daemon().factory());
    }

    /** Covers [0, elements) once; returns when all of it is done. */
    void forEachTile(long elements, TileWork work) {
        forEachTile(new long[] {elements}, (tensor, from, to) -> work.run(from, to));
    }

    /** Covers every element of every tensor once; returns when all of it is done. */
    void forEachTile(List<Tensor> tensors, MultiTileWork work) {
        forEachTile(tensors.stream().mapToLong(Tensor::elements).toArray(), work);
    }

    /**
     * The same for tensors, or parts of some, of so many elements; parts are told by their place.
     */
    void forEachTile(long[] elements, MultiTileWork work) {
        long all = 0;
        for (long each : elements) {
            all += each;
        }
        if (executor == null || all <= NoiseStream.TILE_ELEMENTS) {
            for (int tensor = 0; tensor < elements.length; tensor++) {
                work.run(tensor, 0, elements[tensor]);
            }
            return;
        }
        share(new Tiles(elements, work));
    }

    private void share(Tiles tiles) {
        List<Future<?>> helpers = new ArrayList<>();
        int wanted = Math.min(threads, tiles.count());
        for (int i = 1; i < wanted; i++) {
            helpers.add(executor.submit(tiles));
        }
        Throwable failure = null;
        try {
            tiles.run();
        } catch (RuntimeException | Error e) {
            failure = e;
        }
        boolean interrupted = false;
        for (Future<?> helper : helpers) {
            // Nobody may go on while another thread still writes to the parameters.
            boolean done = false;
            while (!done) {
                try {
                    helper.get();
                    done = true;
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (ExecutionException e) {
                    failure = failure == null ? e.getCause() : failure;
                    done = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (failure != null) {
            throw new IllegalStateException("drawing noise failed", failure);
        }
    }

    /** The tiles of all tensors, taken in order by whoever is free. */
    private static final class Tiles implements Runnable {

        private final long[] elements;

        /** Tiles of the tensors before each one, and of all at the end. */
        private final int[] before;

        private final MultiTileWork work;
        private final AtomicInteger next = new AtomicInteger();

        Tiles(long[] elements, MultiTileWork work) {
            this.elements = elements;
            this.work = work;
            before = new int[elements.length + 1];
            for (int t = 0; t < elements.length; t++) {
                long tiles = Math.ceilDiv(elements[t], NoiseStream.TILE_ELEMENTS);
                before[t + 1] = Math.addExact(before[t], Math.toIntExact(tiles));
            }
        }

        int count() {
            return before[elements.length];
        }

        @Override
        public void run() {
            int tensor = 0;
            try {
                for (int tile = next.getAndIncrement();
                        tile < count();
                        tile = next.getAndIncrement()) {
                    while (tile >= before[tensor + 1]) {
                        tensor++;
                    }
                    long from = (tile - before[tensor]) * NoiseStream.TILE_ELEMENTS;
                    long to = Math.min(elements[tensor], from + NoiseStream.TILE_ELEMENTS);
                    work.run(tensor, from, to);
                }
            } catch (RuntimeException | Error e) {
                next.set(count());
                throw e;
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
