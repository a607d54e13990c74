package io.pocketllm.phone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.List;

/** Builds the engine under test for phones, as {@code -Pbundle} does. */
final class PhoneBundles {

    static final Path FOLDER = Path.of("target", "phones").toAbsolutePath();

    private PhoneBundles() {}

    static List<Path> build(String abi) throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(
                        Path.of("bundle", "build.sh").toAbsolutePath().toString(),
                        abi,
                        System.getProperty("java.class.path"),
                        FOLDER.resolve("pocketllm-engine-" + abi + ".tar").toString());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process build =
                builder.redirectOutput(Redirect.DISCARD).redirectError(Redirect.INHERIT).start();
        assertThat(build.waitFor()).isZero();
        return List.of(FOLDER);
    }
}
