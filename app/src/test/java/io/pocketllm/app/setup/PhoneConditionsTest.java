package io.pocketllm.app.setup;

import static org.assertj.core.api.Assertions.assertThat;

import io.pocketllm.app.fake.Sample;
import io.pocketllm.app.task.InlineTasks;
import io.pocketllm.run.RunSpec;
import io.pocketllm.run.TrainWhen;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PhoneConditionsTest {

    private final SetupViewModel setup =
            new SetupViewModel(Sample.source(), Sample.phones(), new InlineTasks());
    private final PhoneConditionsViewModel conditions = setup.phoneConditions();

    @BeforeEach
    void open() {
        setup.show(Sample.file());
    }

    private RunSpec.Device device() {
        return setup.fileProperty().get().spec().device();
    }

    private void type(PhoneSetting setting, String text) {
        conditions.field(setting).textProperty().set(text);
    }

    @Test
    void what_is_typed_is_in_the_run_that_would_start() {
        type(PhoneSetting.AMBIENT, "35");
        type(PhoneSetting.CHARGER, "3.5");
        type(PhoneSetting.BATTERY, "80");
        type(PhoneSetting.OTHER_LOAD, "0.2");
        type(PhoneSetting.OTHER_MEMORY, "250");
        type(PhoneSetting.ZRAM, "0.1");
        type(PhoneSetting.REACTION, "500");
        conditions.inCase(true);
        conditions.realTime(true);
        conditions.trainWhen(TrainWhen.CHARGING_AND_COOL);

        assertThat(device().surroundings().ambientCelsius()).isEqualTo(35);
        assertThat(device().surroundings().chargingWatts()).isEqualTo(3.5);
        assertThat(device().surroundings().startPercent()).isEqualTo(80);
        assertThat(device().surroundings().conductanceFactor()).isLessThan(1);
        assertThat(device().conditions().backgroundCpuShare()).isEqualTo(0.2);
        assertThat(device().conditions().backgroundBytes()).isEqualTo(250_000_000);
        assertThat(device().conditions().zramShare()).isEqualTo(0.1);
        assertThat(device().conditions().reactionTime().toMillis()).isEqualTo(500);
        assertThat(device().realTime()).isTrue();
        assertThat(device().trainWhen()).isEqualTo(TrainWhen.CHARGING_AND_COOL);
        assertThat(setup.command()).contains("device.ambientCelsius=35", "device.case=true");
        assertThat(PhoneConditionsViewModel.summary(setup.fileProperty().get()))
                .isEqualTo("35 °C, 3.5 W, in a case, only charging and cool, real time, busy");
    }

    @ParameterizedTest
    @CsvSource({
        "AMBIENT, 61, -20",
        "CHARGER, -1, 150",
        "BATTERY, full, 100",
        "OTHER_LOAD, 0.95, 0.9",
        "OTHER_MEMORY, much, 0",
        "OTHER_MEMORY, -4, 0",
        "ZRAM, 2, 0.9",
        "REACTION, 10001, 10000",
    })
    void a_wrong_value_is_answered_under_its_field_and_holds_start_back(
            PhoneSetting setting, String typed, String allowed) {
        type(setting, typed);
        assertThat(conditions.field(setting).errorProperty().get())
                .contains(setting.label())
                .contains(allowed);
        assertThat(setup.readyBinding().get()).isFalse();
        type(setting, "");
        assertThat(conditions.field(setting).errorProperty().get()).isEmpty();
        assertThat(setup.readyBinding().get()).isTrue();
    }

    @Test
    void training_only_while_charging_needs_a_charger() {
        conditions.trainWhen(TrainWhen.CHARGING_AND_COOL);
        assertThat(conditions.problemProperty().get()).contains("no charger");
        assertThat(device().trainWhen()).isEqualTo(TrainWhen.ALWAYS);
        conditions.trainWhen(TrainWhen.COOL);
        assertThat(conditions.problemProperty().get()).isEmpty();
        assertThat(device().trainWhen()).isEqualTo(TrainWhen.COOL);
    }

    @Test
    void without_a_phone_there_are_no_conditions_to_get_wrong() {
        type(PhoneSetting.AMBIENT, "99");
        setup.choosePhone(null);
        assertThat(conditions.field(PhoneSetting.AMBIENT).applicableProperty().get()).isFalse();
        assertThat(setup.readyBinding().get()).isTrue();
    }
}
