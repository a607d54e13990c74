package io.pocketllm.app.fits;

import io.pocketllm.app.memory.MemoryWords;
import io.pocketllm.plan.DeviceFit;

/** What the cells of the table tell below their verdict, and sort by. */
public enum CellQuantity {
    /** Peak memory of what the phone grants. */
    MEMORY {
        @Override
        public String text(FitRow row, DeviceFit fit) {
            return MemoryWords.ofBudget(row.plan().totalBytes(), fit.budgetBytes());
        }

        @Override
        public double order(FitRow row, DeviceFit fit) {
            return (double) row.plan().totalBytes() / fit.budgetBytes();
        }
    };

    /** In a cell, short. */
    public abstract String text(FitRow row, DeviceFit fit);

    /** What a column is sorted by, the smallest first. */
    public abstract double order(FitRow row, DeviceFit fit);
}
