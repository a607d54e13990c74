package io.pocketllm.app.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.pocketllm.app.fake.Sample;
import io.pocketllm.app.task.InlineTasks;
import io.pocketllm.device.probe.ClockFactors;
import io.pocketllm.model.architecture.ShapeInfo;
import io.pocketllm.plan.DeviceFit.Verdict;
import io.pocketllm.tensor.DType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanViewModelTest {

    private final InlineTasks tasks = new InlineTasks();
    private final SetupViewModel setup =
            new SetupViewModel(Sample.source(), Sample.phones(), tasks);
    private final List<String> opened = new ArrayList<>();
    private final ModelViewModel model =
            new ModelViewModel(setup, CountingSource.over(opened), tasks, RecentPaths.inMemory());
    private ClockFactors factors = ClockFactors.ESTIMATED;
    private final RunTimes times =
            new RunTimes(setup, CountingSource.over(new ArrayList<>()), () -> factors, tasks);
    private final PlanViewModel plan = new PlanViewModel(setup, model, times, tasks);

    @BeforeEach
    void open() {
        setup.show(Sample.file());
        tasks.tick();
    }

    private long bytes() {
        return plan.outlookProperty().get().plan().totalBytes();
    }

    private Verdict verdict() {
        return plan.outlookProperty().get().fit().orElseThrow().verdict();
    }

    private void type(Field field, String text) {
        field.textProperty().set(text);
        tasks.tick();
    }

    @Test
    void the_estimate_follows_what_is_typed_without_opening_the_model_again() {
        long before = bytes();
        assertThat(verdict()).isEqualTo(Verdict.FITS);
        type(setup.field(Setting.BATCH), "512");
        assertThat(bytes()).isGreaterThan(before);
        type(setup.budgetField(), "300");
        assertThat(verdict()).isEqualTo(Verdict.KILLED);
        assertThat(opened).hasSize(1);
    }

    @Test
    void a_steps_time_is_that_of_the_data_and_of_what_was_measured_here(@TempDir Path cache)
            throws Exception {
        assertThat(plan.time()).endsWith("; 20 tokens a row, the mean of its batches");
        double before = plan.outlookProperty().get().time().orElseThrow().stepMillis();
        String batch = setup.field(Setting.BATCH).textProperty().get();
        type(setup.field(Setting.BATCH), "128");
        assertThat(plan.time()).endsWith("; 40 tokens a row, the mean of its batches");
        type(setup.field(Setting.BATCH), batch);

        Sample.keepMeasurements(cache);
        factors = ClockFactors.keptIn(cache);
        times.measuredAnew();
        tasks.tick();
        assertThat(plan.outlookProperty().get().time().orElseThrow().stepMillis())
                .isNotCloseTo(before, within(0.02 * before));
    }

    @Test
    void while_a_number_is_typed_the_older_estimate_stays_and_is_marked_as_such() {
        long before = bytes();
        setup.field(Setting.BATCH).textProperty().set("51");
        setup.field(Setting.BATCH).textProperty().set("512");
        assertThat(plan.pendingProperty().get()).isTrue();
        assertThat(bytes()).isEqualTo(before);
        tasks.tick();
        assertThat(plan.pendingProperty().get()).isFalse();
        assertThat(bytes()).isGreaterThan(before);
    }

    @Test
    void who_must_not_act_on_an_older_estimate_waits_for_the_new_one() {
        List<Verdict> seen = new ArrayList<>();
        plan.whenSettled(() -> seen.add(verdict()));
        setup.budgetField().textProperty().set("200");
        plan.whenSettled(() -> seen.add(verdict()));
        assertThat(seen).containsExactly(Verdict.FITS, Verdict.KILLED);
    }

    @Test
    void what_is_offered_makes_the_run_fit() {
        type(setup.budgetField(), "240");
        assertThat(verdict()).isEqualTo(Verdict.KILLED);
        assertThat(plan.warning())
                .contains("240 MB")
                .contains("an int8 base (about ")
                .contains("OPPO Reno6 5G");
        plan.apply(plan.outlookProperty().get().remedies().getFirst());
        tasks.tick();
        assertThat(verdict()).isEqualTo(Verdict.FITS);
        assertThat(setup.command()).contains("training.microBatch=4");
    }

    @Test
    void where_nothing_fits_a_phone_that_holds_the_run_is_one_step_away() {
        type(setup.budgetField(), "90");
        assertThat(plan.outlookProperty().get().remedies()).isEmpty();
        assertThat(plan.warning()).contains("a phone with more memory");
        plan.chooseLargerPhone();
        tasks.tick();
        assertThat(verdict()).isEqualTo(Verdict.FITS);
    }

    @Test
    void time_and_battery_on_the_phone_stand_beside_memory() {
        assertThat(plan.time())
                .matches(
                        "≈ .* s a step there, 600 steps ≈ .*, .* % battery; 20 tokens a row, the mean of its batches");
        double before = plan.outlookProperty().get().time().orElseThrow().stepMillis();
        type(setup.field(Setting.BATCH), "64");
        double after = plan.outlookProperty().get().time().orElseThrow().stepMillis();
        assertThat(after / before).isBetween(3.0, 4.2);
        setup.choosePhone(null);
        tasks.tick();
        assertThat(plan.time()).isEmpty();
    }

    @Test
    void without_a_phone_there_is_an_estimate_and_no_verdict() {
        setup.choosePhone(null);
        tasks.tick();
        assertThat(plan.outlookProperty().get().fit()).isEmpty();
        assertThat(plan.largestBatch()).isEmpty();
    }

    @Test
    void a_model_that_cannot_be_opened_or_used_leaves_no_estimate_and_holds_nobody_up() {
        model.choose("/models/broken");
        List<String> done = new ArrayList<>();
        plan.whenSettled(() -> done.add("asked"));
        assertThat(done).hasSize(1);
        assertThat(plan.outlookProperty().get()).isNull();
        model.choose("/models/opt-125m");
        tasks.tick();
        assertThat(bytes()).isPositive();
        setup.apply(java.util.Map.of("data.maxTokens", "600"));
        tasks.tick();
        assertThat(plan.outlookProperty().get()).isNull();
        assertThat(plan.problemProperty().get()).contains("600").contains("Use at most 512");
    }

    @Test
    void a_published_shape_is_planned_and_not_started_until_its_folder_is_chosen()
            throws Exception {
        model.chooseShape("roberta-large", ShapeInfo.of("roberta-large", DType.F32));
        tasks.tick();
        assertThat(bytes()).isGreaterThan(1_000 * Sample.MB);
        assertThat(model.problemProperty().get()).contains("Choose the folder");
        assertThat(setup.readyBinding().get()).isFalse();
        assertThat(setup.holdReasonBinding().get()).contains("model folder of roberta-large");
        setup.field(Setting.BATCH).textProperty().set("8");
        assertThat(model.path()).isEqualTo("roberta-large");

        model.choose("/models/roberta-large");
        tasks.tick();
        assertThat(setup.readyBinding().get()).isTrue();
        assertThat(model.problemProperty().get()).isEmpty();
        assertThat(model.path()).isEqualTo("/models/roberta-large");
    }

    @Test
    void a_run_file_that_is_opened_takes_the_place_of_a_shape() throws Exception {
        model.chooseShape("gpt2", ShapeInfo.of("gpt2", DType.F32));
        setup.open("sample:inbox-mechanic");
        tasks.tick();
        assertThat(setup.readyBinding().get()).isTrue();
        assertThat(model.hasFiles()).isTrue();
        assertThat(model.summaryProperty().get()).isNotNull();
        assertThat(bytes()).isLessThan(500 * Sample.MB);
    }
}
