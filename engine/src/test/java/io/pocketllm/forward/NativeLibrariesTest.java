package io.pocketllm.forward;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtEnvironment;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NativeLibrariesTest {

    private static final FileTime LONG_AGO = FileTime.fromMillis(1_000_000_000_000L);

    @TempDir private Path cache;

    @AfterEach
    void backToTheCacheOfTheTests() {
        MiniLm.prepare();
    }

    /**
     * Later versions of ONNX Runtime report usage by default on some platforms; this one has no
     * such code. Whoever raises the version has to look again, and then change this line.
     */
    @Test
    void theVersionOfOnnxRuntimeIsTheOneWithoutTelemetry() {
        MiniLm.prepare();

        assertThat(OrtEnvironment.getEnvironment().getVersion()).isEqualTo("1.26.0");
    }

    /** A library that reports usage has to look up an address first. */
    @Test
    void theNativeLibraryNeitherLooksUpNorNamesACollector() throws IOException {
        NativeLibraries.prepare(cache);

        for (Path library : libraries()) {
            String text = Files.readString(library, StandardCharsets.ISO_8859_1);
            assertThat(text.length()).isGreaterThan(10_000);
            for (String word :
                    List.of("getaddrinfo", "gethostbyname", "curl_easy", "events.data.microsoft")) {
                assertThat(text.contains(word))
                        .as("%s in %s", word, library.getFileName())
                        .isFalse();
            }
        }
    }

    @Test
    void bothLibrariesAreKeptInsideTheCacheAndOffTheNetwork() throws IOException {
        NativeLibraries.prepare(cache);

        for (String property : List.of("onnxruntime.native.path", "DJL_CACHE_DIR", "jna.tmpdir")) {
            assertThat(Path.of(System.getProperty(property)))
                    .as(property)
                    .startsWithRaw(cache.toAbsolutePath());
        }
        assertThat(System.getProperty("ai.djl.offline")).isEqualTo("true");
        assertThat(System.getProperty("OPT_OUT_TRACKING")).isEqualTo("true");
        assertThat(libraries()).hasSize(2);
    }

    @Test
    void aWholeLibraryIsUsedAsItIsAndATornOneUnpackedAgain() throws IOException {
        NativeLibraries.prepare(cache);
        Path whole = libraries().get(0);
        Path torn = libraries().get(1);
        long size = Files.size(torn);
        Files.write(torn, new byte[] {1, 2, 3});
        Files.setLastModifiedTime(whole, LONG_AGO);

        NativeLibraries.prepare(cache);

        assertThat(Files.getLastModifiedTime(whole)).isEqualTo(LONG_AGO);
        assertThat(torn).hasSize(size);
        assertThat(libraries()).as("no partial file is left").containsExactly(whole, torn);
    }

    @ParameterizedTest
    @CsvSource({
        "Linux,      amd64,   linux-x64",
        "Linux,      aarch64, linux-aarch64",
        "Mac OS X,   aarch64, osx-aarch64",
        "Mac OS X,   x86_64,  osx-x64",
        "Windows 11, amd64,   win-x64"
    })
    void thePlatformIsNamedAsTheJarNamesIt(String os, String processor, String folder) {
        assertThat(NativeLibraries.platform(os, processor)).isEqualTo(folder);
    }

    private List<Path> libraries() throws IOException {
        try (var files = Files.list(Path.of(System.getProperty("onnxruntime.native.path")))) {
            return files.sorted().toList();
        }
    }
}
