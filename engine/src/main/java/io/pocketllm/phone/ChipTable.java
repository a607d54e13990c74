package io.pocketllm.phone;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What no phone tells about its chip: the name people know and the peak of its memory. Every number
 * is from memory or the phone tables of docs/devices.md, and a profile says so.
 *
 * @param numbers what the chip calls itself, in lower case
 * @param name for people
 * @param bandwidthBytesPerSecond theoretical peak of the memory it is sold with
 */
record ChipTable(List<String> numbers, String name, long bandwidthBytesPerSecond) {

    private static final List<ChipTable> CHIPS =
            List.of(
                    chip("MediaTek Dimensity 900", 17.1, "mt6877"),
                    chip("MediaTek Dimensity 1200", 34.1, "mt6893"),
                    chip("MediaTek Dimensity 700", 17.1, "mt6833"),
                    chip("MediaTek Helio G85", 13.4, "mt6769", "mt6768"),
                    chip("Qualcomm Snapdragon 720G", 14.9, "sm7125", "atoll"),
                    chip("Qualcomm Snapdragon 870", 34.1, "sm8250-ac"),
                    chip("Qualcomm Snapdragon 865", 34.1, "sm8250", "kona"),
                    chip("Qualcomm Snapdragon 888", 51.2, "sm8350", "lahaina"),
                    chip("Qualcomm Snapdragon 8 Gen 2", 67.2, "sm8550", "kalama"),
                    chip("Qualcomm Snapdragon 8 Gen 3", 76.8, "sm8650", "pineapple"),
                    chip("Qualcomm Snapdragon 685", 17.1, "sm6225-ad"),
                    chip("Google Tensor G1", 51.2, "tensor", "gs101"),
                    chip("Google Tensor G2", 51.2, "tensor g2", "gs201"),
                    chip("Google Tensor G3", 68.3, "tensor g3", "zuma"),
                    chip("Google Tensor G4", 68.3, "tensor g4", "zumapro"),
                    chip("Samsung Exynos 2100", 51.2, "s5e9840", "exynos2100"),
                    chip("Samsung Exynos 2400", 68.3, "s5e9945"),
                    chip("Samsung Exynos 1380", 25.0, "s5e8835"));

    private static ChipTable chip(String name, double gigabytesPerSecond, String... numbers) {
        return new ChipTable(List.of(numbers), name, Math.round(gigabytesPerSecond * 1e9));
    }

    /** The chip that calls itself so, with or without a maker's suffix such as {@code V/ZA}. */
    static Optional<ChipTable> of(String number) {
        String lower = number.strip().toLowerCase(Locale.ROOT);
        for (ChipTable chip : CHIPS) {
            if (chip.numbers.contains(lower)) {
                return Optional.of(chip);
            }
        }
        for (ChipTable chip : CHIPS) {
            for (String known : chip.numbers) {
                if (known.matches("mt\\d{4}") && lower.matches(known + "\\D.*")) {
                    return Optional.of(chip);
                }
            }
        }
        return Optional.empty();
    }
}
