package io.pocketllm.app.setup;

import static org.assertj.core.api.Assertions.assertThat;

import io.pocketllm.app.fake.Sample;
import io.pocketllm.app.task.InlineTasks;
import io.pocketllm.zo.MethodCatalogue;
import io.pocketllm.zo.MethodPreset;
import io.pocketllm.zo.MethodSpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SetupViewModelTest {

    private final SetupViewModel setup =
            new SetupViewModel(Sample.source(), Sample.phones(), new InlineTasks());

    @BeforeEach
    void open() {
        setup.show(Sample.file());
    }

    private Field field(Setting setting) {
        return setup.field(setting);
    }

    @Test
    void the_fields_show_the_run_file() {
        assertThat(field(Setting.LEARNING_RATE).textProperty().get()).isEqualTo("0.002");
        assertThat(field(Setting.STEPS).textProperty().get()).isEqualTo("600");
        assertThat(field(Setting.SEED).textProperty().get()).isEqualTo("7");
        assertThat(setup.previewProperty().get().modelName()).isEqualTo("all-MiniLM-L6-v2");
    }

    @Test
    void a_field_that_changes_nothing_here_is_out_of_the_way() {
        assertThat(field(Setting.LORA_RANK).applicableProperty().get()).isTrue();
        assertThat(field(Setting.SUBSPACE_RANK).applicableProperty().get()).isFalse();
    }

    @Test
    void a_good_value_goes_into_the_run() {
        field(Setting.STEPS).textProperty().set(" 40 ");
        assertThat(setup.fileProperty().get().spec().training().steps()).isEqualTo(40);
        assertThat(setup.readyBinding().get()).isTrue();
    }

    @Test
    void a_bad_value_stays_in_its_field_with_the_reason_and_holds_start_back() {
        field(Setting.LEARNING_RATE).textProperty().set("-3");
        assertThat(field(Setting.LEARNING_RATE).textProperty().get()).isEqualTo("-3");
        assertThat(field(Setting.LEARNING_RATE).errorProperty().get())
                .startsWith("learning rate is -3. Allowed: a number from 0");
        assertThat(setup.readyBinding().get()).isFalse();
        assertThat(setup.fileProperty().get().spec().method().learningRate()).isEqualTo(0.002);
        assertThat(setup.holdReasonBinding().get())
                .isEqualTo(field(Setting.LEARNING_RATE).errorProperty().get());
        field(Setting.LEARNING_RATE).textProperty().set("1e-3");
        assertThat(setup.readyBinding().get()).isTrue();
        assertThat(field(Setting.LEARNING_RATE).errorProperty().get()).isEmpty();
    }

    @Test
    void an_empty_number_is_refused_too() {
        field(Setting.STEPS).textProperty().set("");
        assertThat(field(Setting.STEPS).errorProperty().get())
                .contains("Allowed: a whole number from 1");
        assertThat(setup.readyBinding().get()).isFalse();
    }

    @Test
    void a_budget_is_typed_in_megabytes_and_empty_means_the_phones_own() {
        setup.budgetField().textProperty().set("1,024 MB");
        assertThat(setup.previewProperty().get().budgetBytes()).isEqualTo(1024 * Sample.MB);
        setup.budgetField().textProperty().set("");
        assertThat(setup.previewProperty().get().budgetBytes()).isEqualTo(3789 * Sample.MB);
        setup.budgetField().textProperty().set("lots");
        assertThat(setup.budgetField().errorProperty().get())
                .contains("\"lots\"")
                .contains("megabytes");
        assertThat(setup.readyBinding().get()).isFalse();
    }

    @Test
    void another_phone_brings_its_own_budget() {
        setup.budgetField().textProperty().set("100");
        setup.choosePhone("pixel-9");
        assertThat(setup.previewProperty().get().budgetBytes()).isEqualTo(6000 * Sample.MB);
        assertThat(setup.budgetField().textProperty().get()).isEmpty();
        setup.choosePhone(null);
        assertThat(setup.previewProperty().get().device()).isNull();
    }

    @Test
    void more_memory_first_gives_the_phone_its_own_budget_back_and_then_takes_a_larger_phone() {
        setup.budgetField().textProperty().set("100");
        setup.giveMoreMemory(130 * Sample.MB);
        assertThat(setup.phone().orElseThrow().id()).isEqualTo("oppo-reno6-5g");
        assertThat(setup.budgetField().textProperty().get()).isEmpty();
        setup.giveMoreMemory(4000 * Sample.MB);
        assertThat(setup.phone().orElseThrow().id()).isEqualTo("pixel-9");
        setup.giveMoreMemory(90_000 * Sample.MB);
        assertThat(setup.phone()).isEmpty();
    }

    @Test
    void another_persona_keeps_the_numbers_a_person_chose() {
        field(Setting.STEPS).textProperty().set("40");
        setup.open("sample:inbox-mechanic");
        assertThat(setup.fileProperty().get().spec().name()).isEqualTo("inbox-mechanic");
        assertThat(field(Setting.STEPS).textProperty().get()).isEqualTo("40");
    }

    @Test
    void a_file_that_cannot_be_opened_says_why_and_leaves_the_run_as_it_was() {
        setup.open("no/such/run.json");
        assertThat(setup.problemProperty().get()).contains("there is no such file");
        assertThat(setup.fileProperty().get().spec().name()).isEqualTo("inbox-nurse");
    }

    @Test
    void nothing_changes_while_a_run_goes_on() {
        setup.lockedProperty().set(true);
        setup.choosePhone("pixel-9");
        setup.open("sample:inbox-mechanic");
        assertThat(setup.phone().orElseThrow().id()).isEqualTo("oppo-reno6-5g");
        assertThat(setup.fileProperty().get().spec().name()).isEqualTo("inbox-nurse");
    }

    @Test
    void the_command_holds_every_change() {
        assertThat(setup.command()).isEqualTo("pocketllm train sample:inbox-nurse");
        field(Setting.STEPS).textProperty().set("40");
        field(Setting.SEED).textProperty().set("8");
        assertThat(setup.command())
                .isEqualTo(
                        "pocketllm train sample:inbox-nurse --set training.steps=40 --set seed=8");
        field(Setting.STEPS).textProperty().set("600");
        field(Setting.SEED).textProperty().set("7");
        assertThat(setup.command()).isEqualTo("pocketllm train sample:inbox-nurse");
    }

    @Test
    void a_path_with_a_blank_or_a_quote_survives_the_shell() {
        assertThat(RunCommandLine.quoted("/home/a b/it's.json"))
                .isEqualTo("'/home/a b/it'\\''s.json'");
    }

    @Test
    void a_published_method_brings_its_own_choices_and_numbers() {
        setup.chooseMethod(MethodCatalogue.find("fzoo").orElseThrow());
        assertThat(setup.preset().orElseThrow().name()).isEqualTo("FZOO");
        assertThat(field(Setting.LEARNING_RATE).textProperty().get()).isEqualTo("5e-5");
        assertThat(field(Setting.DIRECTIONS).textProperty().get()).isEqualTo("8");
        assertThat(field(Setting.LORA_RANK).applicableProperty().get()).isFalse();
        assertThat(setup.readyBinding().get()).isTrue();
        field(Setting.DIRECTIONS).textProperty().set("1");
        assertThat(field(Setting.DIRECTIONS).errorProperty().get()).contains("no deviation");
    }

    @Test
    void scales_bring_a_base_that_has_them_and_take_it_along_when_they_go() {
        setup.chooseMethod(MethodCatalogue.find("qzo").orElseThrow());
        assertThat(setup.fileProperty().get().spec().model().base().format().isBlockwise())
                .isTrue();
        setup.chooseMethod(MethodCatalogue.find("mezo").orElseThrow());
        assertThat(setup.methodProblemProperty().get()).isEmpty();
        assertThat(setup.fileProperty().get().spec().model().base().format().isQuantised())
                .isFalse();
    }

    @Test
    void a_method_shows_the_numbers_it_has() {
        setup.chooseMethod(MethodCatalogue.find("lozo-m").orElseThrow());
        assertThat(field(Setting.DIRECTION_RANK).applicableProperty().get()).isTrue();
        assertThat(field(Setting.REFRESH_EVERY).textProperty().get()).isEqualTo("50");
        assertThat(field(Setting.MOMENTUM).textProperty().get()).isEqualTo("0.9");
        assertThat(field(Setting.CONE_ANGLE).applicableProperty().get()).isFalse();
        setup.chooseSpace(MethodSpec.Space.LORA);
        assertThat(field(Setting.LORA_RANK).applicableProperty().get()).isTrue();
    }

    @Test
    void every_published_method_can_be_chosen_and_keeps_a_step_size_its_paper_does_not_give() {
        for (MethodPreset preset : MethodCatalogue.all()) {
            setup.show(Sample.file());
            setup.chooseMethod(preset);
            assertThat(setup.methodProblemProperty().get()).as(preset.id()).isEmpty();
            assertThat(setup.preset()).as(preset.id()).contains(preset);
        }
        setup.show(Sample.file());
        setup.chooseMethod(MethodCatalogue.find("conmezo").orElseThrow());
        assertThat(field(Setting.LEARNING_RATE).textProperty().get()).isEqualTo("0.002");
    }

    @Test
    void the_command_holds_the_method_chosen_last_and_what_was_changed_after_it() {
        field(Setting.LORA_RANK).textProperty().set("4");
        setup.chooseMethod(MethodCatalogue.find("mezo").orElseThrow());
        field(Setting.LEARNING_RATE).textProperty().set("1e-5");
        assertThat(setup.command())
                .isEqualTo(
                        "pocketllm train sample:inbox-nurse --set 'method={\"preset\": \"mezo\"}'"
                                + " --set method.learningRate=1e-5");
    }

    @Test
    void other_data_takes_the_place_of_whatever_was_named_before() {
        setup.chooseData("/data/sst2.tsv");
        assertThat(setup.fileProperty().get().spec().data().path()).isEqualTo("/data/sst2.tsv");
        assertThat(setup.command()).contains("--set data.path=/data/sst2.tsv");
        setup.open("sample:inbox-mechanic");
        assertThat(setup.fileProperty().get().spec().data().path())
                .isEqualTo("builtin:inbox-mechanic");
    }
}
