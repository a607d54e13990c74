package io.pocketllm.app.setup;

import static org.assertj.core.api.Assertions.assertThat;

import io.pocketllm.device.DeviceCatalogue;
import io.pocketllm.device.DeviceProfile;
import io.pocketllm.device.UserProfiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PhoneProfilesTest {

    @TempDir private Path folder;

    private final List<DeviceProfile> told = new ArrayList<>();
    private UserProfiles own;
    private PhoneProfilesViewModel profiles;

    @BeforeEach
    void open() throws Exception {
        own = DeviceCatalogue.userProfiles(folder);
        profiles =
                new PhoneProfilesViewModel(
                        DeviceCatalogue.builtin(),
                        own,
                        all -> {
                            told.clear();
                            told.addAll(all);
                        });
        profiles.open(Optional.of(DeviceCatalogue.find("redmi-12c")));
    }

    private Field field(String key) {
        return profiles.fields().get(new ProfileField(key));
    }

    @Test
    void a_phone_of_the_workbench_is_changed_only_as_a_copy() {
        assertThat(profiles.isOwn()).isFalse();
        assertThat(profiles.save()).isFalse();
        profiles.duplicate();
        assertThat(profiles.isOwn()).isTrue();
        assertThat(profiles.selectedProperty().get().id()).isEqualTo("redmi-12c-copy");
        profiles.duplicate();
        assertThat(profiles.selectedProperty().get().id()).isEqualTo("redmi-12c-copy-copy");
        assertThat(told).hasSize(DeviceCatalogue.builtin().size() + 2);
    }

    @Test
    void what_is_typed_and_saved_is_in_the_file_that_run_files_find() throws Exception {
        profiles.duplicate();
        field("name").textProperty().set("My Redmi");
        field("budgetBytes").textProperty().set("1,200,000,000");
        field("clusters[0].clockHertz").textProperty().set("1900000000");
        assertThat(profiles.save()).isTrue();
        DeviceProfile saved = own.find("redmi-12c-copy");
        assertThat(saved.name()).isEqualTo("My Redmi");
        assertThat(saved.budgetBytes()).isEqualTo(1_200_000_000L);
        assertThat(saved.clusters().getFirst().clockHertz()).isEqualTo(1_900_000_000L);
        assertThat(told).contains(saved);
        assertThat(new ProfileField("budgetBytes").isEstimated(profiles.draft())).isTrue();
    }

    @Test
    void how_much_longer_a_step_takes_can_be_typed() throws Exception {
        profiles.duplicate();
        assertThat(field("stepTimeFactor").textProperty().get()).isEqualTo("1.0");
        field("stepTimeFactor").textProperty().set("107");
        assertThat(field("stepTimeFactor").errorProperty().get()).contains("1.07 is 7 % slower");
        field("stepTimeFactor").textProperty().set("1.07");
        assertThat(profiles.save()).isTrue();
        assertThat(own.find("redmi-12c-copy").stepTimeFactor()).isEqualTo(1.07);
    }

    @Test
    void a_wrong_value_is_answered_at_its_field_and_nothing_is_saved() throws Exception {
        profiles.duplicate();
        field("clusters[0].clockHertz").textProperty().set("2.4");
        assertThat(field("clusters[0].clockHertz").errorProperty().get())
                .contains("2.4")
                .contains("Write hertz");
        assertThat(profiles.save()).isFalse();
        assertThat(profiles.problemProperty().get()).contains("clusters[0].clockHertz");
        assertThat(own.find("redmi-12c-copy").clusters())
                .isEqualTo(DeviceCatalogue.find("redmi-12c").clusters());
        field("clusters[0].clockHertz").textProperty().set("2000000000");
        assertThat(field("clusters[0].clockHertz").errorProperty().get()).isEmpty();
        assertThat(profiles.save()).isTrue();
    }

    @Test
    void a_budget_above_what_the_phone_has_names_the_limit() {
        profiles.duplicate();
        field("budgetBytes").textProperty().set("90000000000");
        assertThat(field("budgetBytes").errorProperty().get()).contains("usableBytes");
    }

    @Test
    void what_is_deleted_can_be_brought_back_as_it_was() throws Exception {
        profiles.duplicate();
        field("name").textProperty().set("My Redmi");
        profiles.save();
        DeviceProfile before = own.find("redmi-12c-copy");
        profiles.delete();
        assertThat(own.file("redmi-12c-copy")).isEmpty();
        assertThat(profiles.deletedProperty().get()).isEqualTo("My Redmi");
        assertThat(told).doesNotContain(before);
        profiles.undo();
        assertThat(own.find("redmi-12c-copy")).isEqualTo(before);
        assertThat(profiles.selectedProperty().get()).isEqualTo(before);
        assertThat(profiles.deletedProperty().get()).isEmpty();
    }

    @Test
    void estimated_values_are_told_apart_from_others_with_their_source() {
        ProfileField flops = new ProfileField("clusters[0].flopsPerCycle");
        assertThat(flops.isEstimated(profiles.draft())).isTrue();
        assertThat(flops.source(profiles.draft())).startsWith("estimated by rule");
        assertThat(new ProfileField("ramBytes").isEstimated(profiles.draft())).isFalse();
    }
}
