package io.pocketllm.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where the program writes, on each system. */
@Timeout(20)
class FoldersTest {

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            textBlock =
                    """
        # system     | environment                              | cache | runs | settings
        Linux        | HOME=/h                                  | /h/.cache/pocketllm | /h/.local/share/pocketllm/runs | /h/.config/pocketllm
        Linux        | -                                        | /user/.cache/pocketllm | /user/.local/share/pocketllm/runs | /user/.config/pocketllm
        Linux        | HOME=                                    | /user/.cache/pocketllm | /user/.local/share/pocketllm/runs | /user/.config/pocketllm
        FreeBSD      | HOME=/h                                  | /h/.cache/pocketllm | /h/.local/share/pocketllm/runs | /h/.config/pocketllm
        Linux        | HOME=/h,XDG_CACHE_HOME=/c                | /c/pocketllm | /h/.local/share/pocketllm/runs | /h/.config/pocketllm
        Linux        | HOME=/h,XDG_DATA_HOME=/d                 | /h/.cache/pocketllm | /d/pocketllm/runs | /h/.config/pocketllm
        Linux        | HOME=/h,XDG_CONFIG_HOME=/s               | /h/.cache/pocketllm | /h/.local/share/pocketllm/runs | /s/pocketllm
        Linux        | HOME=/h,XDG_CACHE_HOME=relative          | /h/.cache/pocketllm | /h/.local/share/pocketllm/runs | /h/.config/pocketllm
        Linux        | HOME=/h,XDG_CACHE_HOME=                  | /h/.cache/pocketllm | /h/.local/share/pocketllm/runs | /h/.config/pocketllm
        Mac OS X     | HOME=/h,XDG_CACHE_HOME=/c                | /h/Library/Caches/PocketLLM | /h/Library/Application Support/PocketLLM/runs | /h/Library/Application Support/PocketLLM/settings
        Windows 11   | LOCALAPPDATA=/local                      | /local/PocketLLM/cache | /local/PocketLLM/runs | /local/PocketLLM/settings
        Windows 11   | -                                        | /user/AppData/Local/PocketLLM/cache | /user/AppData/Local/PocketLLM/runs | /user/AppData/Local/PocketLLM/settings
        Linux        | POCKETLLM_HOME=/p,HOME=/h,XDG_DATA_HOME=/d | /p/cache | /p/runs | /p/settings
        Mac OS X     | POCKETLLM_HOME=/p                        | /p/cache | /p/runs | /p/settings
        Windows 11   | POCKETLLM_HOME=/p,LOCALAPPDATA=/local    | /p/cache | /p/runs | /p/settings
        Linux        | POCKETLLM_HOME=/p/../q/.                 | /q/cache | /q/runs | /q/settings
        Linux        | POCKETLLM_HOME= ,HOME=/h                 | /h/.cache/pocketllm | /h/.local/share/pocketllm/runs | /h/.config/pocketllm
        """)
    void followTheSystemsCustomsUnlessOneFolderIsNamed(
            String system, String environment, Path cache, Path runs, Path settings) {
        assertThat(Folders.of(variables(environment), system, "/user"))
                .isEqualTo(new Folders(cache, runs, settings));
    }

    @Test
    void aRelativeHomeIsTakenFromWhereTheProgramWasStarted() {
        Folders folders = Folders.of(Map.of("POCKETLLM_HOME", "here"), "Linux", "/user");

        assertThat(folders.cache()).isEqualTo(Path.of("here/cache").toAbsolutePath());
    }

    private static Map<String, String> variables(String environment) {
        return environment == null
                ? Map.of()
                : Arrays.stream(environment.split(","))
                        .map(v -> v.split("=", 2))
                        .collect(Collectors.toMap(v -> v[0], v -> v[1]));
    }
}
