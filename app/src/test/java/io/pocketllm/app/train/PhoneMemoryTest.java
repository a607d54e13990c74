package io.pocketllm.app.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.pocketllm.app.fake.Sample;
import io.pocketllm.device.PhoneConditions;
import io.pocketllm.run.RunFile;
import io.pocketllm.run.RunFileException;
import org.junit.jupiter.api.Test;

class PhoneMemoryTest {

    private static PhoneMemory of(RunFile file) {
        return PhoneMemory.of(
                Sample.preview(file), file.spec().device().conditions(), 300 * Sample.MB);
    }

    @Test
    void system_other_apps_and_the_phones_own_budget_are_all_of_its_memory() {
        PhoneMemory memory = of(Sample.file());
        assertThat(memory.killLineBytes()).isEqualTo(3789 * Sample.MB);
        assertThat(memory.systemBytes()).isEqualTo(8 * (1024 - 430) * Sample.MB - 349 * Sample.MB);
        assertThat(memory.belowBytes() + memory.killLineBytes()).isEqualTo(memory.totalBytes());
        assertThat(memory.freeBytes()).isEqualTo(3489 * Sample.MB);
    }

    @Test
    void a_smaller_budget_lowers_the_kill_line_and_leaves_the_system_as_it_is()
            throws RunFileException {
        PhoneMemory memory =
                of(Sample.file().with("device.budgetBytes", String.valueOf(512 * Sample.MB)));
        assertThat(memory.killLineBytes()).isEqualTo(512 * Sample.MB);
        assertThat(memory.systemBytes()).isEqualTo(8 * (1024 - 430) * Sample.MB);
    }

    @Test
    void what_other_programs_defend_is_theirs_and_off_the_kill_line() throws RunFileException {
        PhoneMemory memory =
                of(
                        Sample.file()
                                .with("device.budgetBytes", String.valueOf(1000 * Sample.MB))
                                .with("device.backgroundBytes", String.valueOf(400 * Sample.MB)));
        assertThat(memory.killLineBytes()).isEqualTo(600 * Sample.MB);
        assertThat(memory.othersBytes()).isEqualTo(400 * Sample.MB);
    }

    @Test
    void without_a_phone_there_is_nothing_to_share_out() throws RunFileException {
        RunFile none = Sample.file().with("device.profile", "none");
        assertThat(PhoneMemory.of(Sample.preview(none), PhoneConditions.IDLE, 1)).isNull();
    }
}
