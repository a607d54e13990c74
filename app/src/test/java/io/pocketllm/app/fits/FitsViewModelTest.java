package io.pocketllm.app.fits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pocketllm.app.fake.Sample;
import io.pocketllm.app.task.InlineTasks;
import io.pocketllm.device.DeviceProfile;
import io.pocketllm.device.probe.ClockFactors;
import io.pocketllm.model.architecture.ShapeCatalogue;
import io.pocketllm.plan.DeviceFit.Verdict;
import io.pocketllm.plan.RowLength;
import io.pocketllm.plan.TimeBasis;
import io.pocketllm.run.RunFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FitsViewModelTest {

    private static final List<String> PATHS = List.of("builtin:minilm", "/models/opt-125m");

    private TimeBasis basis = TimeBasis.SIZES_ALONE;
    private final List<String> read = new ArrayList<>();
    private final FitsViewModel fits =
            new FitsViewModel(
                    path -> {
                        read.add(path);
                        return Sample.source().model(path);
                    },
                    Sample.phones(),
                    run -> basis,
                    new InlineTasks());

    @BeforeEach
    void show() {
        fits.show(Sample.file(), PATHS);
    }

    private FitRow row(String model, String way) {
        return fits.rows().stream()
                .filter(r -> r.model().equals(model) && r.way().equals(way))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void the_run_that_is_set_up_comes_first_then_models_with_files_then_published_shapes() {
        assertThat(fits.rows().getFirst().asSetUp()).isTrue();
        assertThat(fits.rows().getFirst().way()).contains("rank 8");
        List<String> models = fits.rows().stream().map(FitRow::model).distinct().toList();
        assertThat(models).startsWith("minilm", "opt-125m").contains("roberta-large", "opt-1.3b");
        assertThat(models).noneMatch(m -> m.endsWith("-tiny"));
        assertThat(fits.rows().getFirst().source().hasFiles()).isTrue();
        assertThat(fits.rows().getLast().source().hasFiles()).isFalse();
        assertThat(fits.progressProperty().get()).isEqualTo(1);
        assertThat(fits.progressTextProperty().get()).isEmpty();
    }

    @Test
    void times_are_worked_out_anew_when_what_they_are_reckoned_from_changes() {
        String phone = Sample.phones().getFirst().id();
        double longest = fits.rows().getFirst().time(phone).orElseThrow().stepMillis();
        long bytes = fits.rows().getFirst().plan().totalBytes();
        assertThat(fits.timeBasisProperty().get()).endsWith("tokens a row, the longest allowed");
        basis = new TimeBasis(ClockFactors.ESTIMATED, Optional.of(new RowLength(20, true)), false);
        fits.show(Sample.file(), PATHS);
        assertThat(fits.rows().getFirst().time(phone).orElseThrow().stepMillis())
                .isLessThan(0.8 * longest);
        assertThat(fits.rows().getFirst().plan().totalBytes()).isEqualTo(bytes);
        assertThat(fits.timeBasisProperty().get())
                .endsWith(", 20 tokens a row, the mean of its batches");
    }

    @Test
    void every_row_has_a_verdict_for_every_phone() {
        for (FitRow row : fits.rows()) {
            for (DeviceProfile phone : Sample.phones()) {
                assertThat(row.on(phone.id()).verdict())
                        .isEqualTo(Verdict.of(row.plan().totalBytes(), phone.budgetBytes()));
            }
        }
        FitRow large = row("roberta-large", "fp32 · MeZO, full");
        assertThat(large.on("redmi-12c").verdict()).isEqualTo(Verdict.KILLED);
        assertThat(row("roberta-large", "int8 · MeZO on LoRA").on("redmi-12c").verdict())
                .isEqualTo(Verdict.FITS);
        assertThat(CellQuantity.MEMORY.text(large, large.on("redmi-12c"))).endsWith("of 1.43 GB");
    }

    @Test
    void step_time_hundred_steps_and_battery_are_known_where_this_program_trains() {
        FitRow full = row("roberta-large", "fp32 · MeZO, full");
        String phone = Sample.phones().getFirst().id();
        assertThat(CellQuantity.STEP.text(full, full.on(phone))).endsWith("s a step");
        assertThat(CellQuantity.HUNDRED_STEPS.text(full, full.on(phone))).contains("min");
        assertThat(CellQuantity.BATTERY.text(full, full.on(phone))).endsWith("% for 100");
        FitRow small = row("distilbert", "fp32 · MeZO, full");
        for (CellQuantity each : CellQuantity.values()) {
            assertThat(each.order(small, small.on(phone)))
                    .as(each.label())
                    .isLessThan(each.order(full, full.on(phone)));
        }
    }

    @Test
    void backpropagation_has_no_time_and_comes_last() {
        FitRow adam = row("distilbert", "fp32 · AdamW, backpropagation");
        FitRow large = row("roberta-large", "fp32 · MeZO, full");
        String phone = Sample.phones().getFirst().id();
        assertThat(CellQuantity.STEP.text(adam, adam.on(phone))).isEqualTo("no time known");
        assertThat(CellQuantity.STEP.order(adam, adam.on(phone)))
                .isGreaterThan(CellQuantity.STEP.order(large, large.on(phone)));
    }

    @Test
    void a_larger_batch_is_planned_anew_without_opening_a_model_twice() throws Exception {
        long before = fits.rows().getFirst().plan().totalBytes();
        fits.show(Sample.file().with("training.batchSize", "512"), PATHS);
        assertThat(fits.rows().getFirst().plan().totalBytes()).isGreaterThan(before);
        assertThat(fits.basisProperty().get()).startsWith("batch 512 × ");
        assertThat(read).containsExactlyElementsOf(PATHS);
    }

    @Test
    void the_same_question_is_not_worked_out_again() {
        FitRow first = fits.rows().getFirst();
        fits.cellProperty().set(new FitsViewModel.Cell(first, first.on("redmi-12c")));
        fits.show(Sample.file(), PATHS);
        assertThat(fits.cellProperty().get()).isNotNull();
        assertThat(fits.rows().getFirst()).isSameAs(first);
    }

    @Test
    void a_model_that_cannot_be_opened_is_named_and_the_others_are_shown() {
        fits.show(Sample.file(), List.of("builtin:minilm", "/models/broken"));
        assertThat(fits.problemProperty().get())
                .isEqualTo("/models/broken: /models/broken: has no tokenizer.json");
        assertThat(fits.rows()).isNotEmpty();
    }

    @Test
    void rows_are_filtered_by_words_and_columns_by_phone() {
        fits.filterProperty().set("INT4 roberta-large");
        assertThat(fits.shown())
                .extracting(FitRow::way)
                .containsExactly("int4 · MeZO on LoRA", "int4 · QZO");
        assertThat(fits.columns())
                .extracting(DeviceProfile::id)
                .containsExactly("redmi-12c", "oppo-reno6-5g", "pixel-9");
        DeviceProfile pixel = fits.columns().getLast();
        fits.showPhone(pixel, false);
        assertThat(fits.columns()).doesNotContain(pixel).hasSize(2);
        fits.columns().stream().toList().forEach(phone -> fits.showPhone(phone, false));
        assertThat(fits.columns()).as("one column stays").hasSize(1);
        fits.showAllPhones(true);
        assertThat(fits.columns()).hasSize(3);
    }

    @Test
    void every_row_that_trains_forward_only_is_a_run_file_that_is_allowed() throws Exception {
        assertThat(fits.rows().size()).isGreaterThan(7 * ShapeCatalogue.names().size() / 2);
        for (FitRow row : fits.rows()) {
            if (row.trainable()) {
                RunFile changed = Sample.file().with(row.changes("pixel-9", 0.002));
                assertThat(changed.spec().device().profile()).isEqualTo("pixel-9");
                assertThat(changed.spec().method().space())
                        .as(row.way())
                        .isEqualTo(row.row().way().request().method().space());
                assertThat(changed.spec().model().base().format())
                        .as(row.way())
                        .isEqualTo(row.row().way().request().base().format());
            } else {
                assertThatThrownBy(() -> row.changes("pixel-9", 0.002))
                        .isInstanceOf(IllegalStateException.class);
            }
        }
    }

    @Test
    void the_row_as_set_up_changes_the_phone_alone() {
        assertThat(fits.rows().getFirst().changes("pixel-9", 0.002))
                .isEqualTo(Map.of("device.profile", "pixel-9", "device.budgetBytes", "null"));
    }
}
