package io.pocketllm.zo.noise;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Other vector widths, other compilers, no Vector API: the same bits. */
@Timeout(120)
class NoiseOnOtherJvmsTest {

    @ParameterizedTest
    @CsvSource({
        "vector, --add-modules jdk.incubator.vector -XX:MaxVectorSize=16",
        "vector, --add-modules jdk.incubator.vector -XX:MaxVectorSize=32",
        "vector, --add-modules jdk.incubator.vector -Dpocketllm.noise=vector -Xint",
        "scalar (no module jdk.incubator.vector), -Xshare:auto",
        "scalar (no module jdk.incubator.vector), -Dpocketllm.noise=vector",
        "scalar (no optimising compiler), --add-modules jdk.incubator.vector -XX:TieredStopAtLevel=1",
        "scalar (forced by -Dpocketllm.noise), --add-modules jdk.incubator.vector -Dpocketllm.noise=scalar"
    })
    void drawTheSameBits(String kernel, String flags) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(flags.split(" ")));
        command.add("-XX:-UsePerfData");
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.add(NoiseDigest.class.getName());
        Process process =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        try {
            List<String> lines = process.inputReader().lines().toList();

            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isZero();
            assertThat(lines.getFirst()).startsWith(kernel);
            assertThat(lines.getLast()).isEqualTo(NoiseDigest.digest(ScalarKernel.INSTANCE));
        } finally {
            process.destroyForcibly();
        }
    }
}
