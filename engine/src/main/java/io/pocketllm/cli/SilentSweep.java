package io.pocketllm.cli;

import io.pocketllm.run.Event;
import io.pocketllm.run.sweep.RunResult;
import io.pocketllm.run.sweep.SweepListener;

/** Hears a sweep and says nothing: its results are printed at the end. */
final class SilentSweep implements SweepListener {

    @Override
    public void starts(Position position, boolean resumed) {}

    @Override
    public void event(Position position, Event event) {}

    @Override
    public void ended(Position position, RunResult result) {}
}
