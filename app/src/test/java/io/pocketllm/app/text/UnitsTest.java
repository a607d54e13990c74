package io.pocketllm.app.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnitsTest {

    @ParameterizedTest
    @CsvSource({
        "0.002, 0.002",
        "1e-6, 1e-6",
        "2.5e-5, 2.5e-5",
        "600, 600",
        "0, 0",
        "-3, -3",
        "1e7, 1e7",
        "0.1, 0.1"
    })
    void a_setting_reads_as_a_person_would_type_it_and_means_the_same(double value, String text) {
        assertThat(Units.setting(value)).isEqualTo(text);
        assertThat(Double.parseDouble(Units.setting(value))).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource({"39.4, 39 s", "60, 1 min", "528, 8 min 48 s", "7500, 2 h 5 min", "-1, 0 s"})
    void a_length_of_time_names_its_units(double seconds, String text) {
        assertThat(Units.duration(seconds)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"3972844749 | 3,973 MB", "512000000 | 512 MB"})
    void megabytes_are_decimal(long bytes, String text) {
        assertThat(Units.megabytes(bytes)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"8000000000, 8 GB", "4700000000, 4.7 GB"})
    void gigabytes_show_a_fraction_where_there_is_one(long bytes, String text) {
        assertThat(Units.gigabytes(bytes)).isEqualTo(text);
    }
}
