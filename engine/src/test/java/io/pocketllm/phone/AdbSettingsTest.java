package io.pocketllm.phone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdbSettingsTest {

    @TempDir private Path folder;

    @ParameterizedTest
    @CsvSource({"6000, 6000", "'', 5037", "no, 5037", "0, 5037", "70000, 5037", "-1, 5037"})
    void thePortIsTheEnvironmentsWhereItIsOne(String text, int port) {
        assertThat(AdbSettings.of(Map.of("ANDROID_ADB_SERVER_PORT", text)).port()).isEqualTo(port);
    }

    @Test
    void theNamedProgramWinsOverThePath() throws IOException {
        Path onPath = program("bin/adb");

        assertThat(
                        AdbSettings.find(
                                Map.of("POCKETLLM_ADB", "/my/adb", "PATH", onPath.getParent() + ""),
                                "Linux"))
                .contains(Path.of("/my/adb"));
    }

    @Test
    void thePathIsSearchedThenTheSdk() throws IOException {
        Path sdk = program("sdk/platform-tools/adb");
        Map<String, String> environment =
                Map.of("PATH", "", "ANDROID_HOME", folder.resolve("sdk").toString());
        assertThat(AdbSettings.find(environment, "Linux")).contains(sdk);

        Path onPath = program("bin/adb");
        assertThat(
                        AdbSettings.find(
                                Map.of(
                                        "PATH",
                                        onPath.getParent().toString(),
                                        "ANDROID_HOME",
                                        folder.resolve("sdk").toString()),
                                "Linux"))
                .contains(onPath);
    }

    @Test
    void windowsHasAnotherEnding() throws IOException {
        Path exe = program("sdk/platform-tools/adb.exe");

        assertThat(
                        AdbSettings.find(
                                Map.of("ANDROID_SDK_ROOT", folder.resolve("sdk").toString()),
                                "Windows 11"))
                .contains(exe);
    }

    private Path program(String name) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "");
        assertThat(file.toFile().setExecutable(true)).isTrue();
        return file;
    }
}
