package io.pocketllm.app.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.pocketllm.app.fake.Sample;
import io.pocketllm.run.RunFileException;
import org.junit.jupiter.api.Test;

class PhoneMemoryTest {

    @Test
    void the_phones_own_budget_ends_where_its_memory_ends() {
        PhoneMemory memory = PhoneMemory.of(Sample.preview(Sample.file()), 300 * Sample.MB);
        assertThat(memory.killLineBytes()).isEqualTo(memory.totalBytes());
        assertThat(memory.othersBytes()).isEqualTo((8 * 1024 - 3789) * Sample.MB);
    }

    @Test
    void a_smaller_budget_lowers_the_kill_line() throws RunFileException {
        var file = Sample.file().with("device.budgetBytes", String.valueOf(512 * Sample.MB));
        PhoneMemory memory = PhoneMemory.of(Sample.preview(file), 300 * Sample.MB);
        assertThat(memory.killLineBytes() - memory.othersBytes()).isEqualTo(512 * Sample.MB);
    }

    @Test
    void without_a_phone_there_is_nothing_to_share_out() throws RunFileException {
        assertThat(PhoneMemory.of(Sample.preview(Sample.file().with("device.profile", "none")), 1))
                .isNull();
    }
}
