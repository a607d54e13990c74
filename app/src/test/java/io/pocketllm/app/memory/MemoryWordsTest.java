package io.pocketllm.app.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.pocketllm.plan.DeviceFit.Verdict;
import io.pocketllm.plan.MemoryPart;
import io.pocketllm.plan.RunPlan;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryWordsTest {

    @Test
    void need_and_budget_share_a_unit() {
        assertThat(MemoryWords.ofBudget(272_400_000, 512_000_000)).isEqualTo("272 of 512 MB");
        assertThat(MemoryWords.ofBudget(279_000_000, 3_972_844_749L)).isEqualTo("0.28 of 3.97 GB");
        assertThat(MemoryWords.ofBudget(22_300_000_000L, 512_000_000))
                .isEqualTo("22,300 of 512 MB");
    }

    @Test
    void a_batch_without_end_and_one_that_is_none_are_told() {
        assertThat(MemoryWords.largestBatch(0)).isEqualTo("none");
        assertThat(MemoryWords.largestBatch(64)).isEqualTo("64");
        assertThat(MemoryWords.largestBatch(4096)).isEqualTo("4,096 or more");
    }

    @Test
    void small_parts_are_not_rounded_away_and_empty_ones_are_left_out() {
        RunPlan plan =
                new RunPlan(
                        List.of(
                                new MemoryPart("frozen weights", 90_000_000),
                                new MemoryPart("trainable copies", 295_000),
                                new MemoryPart("logits", 0)));
        assertThat(MemoryWords.parts(plan, ", "))
                .isEqualTo("frozen weights 90 MB, trainable copies 295 kB");
        assertThat(MemoryWords.verdict(Verdict.KILLED)).isEqualTo("Killed");
    }
}
