package io.pocketllm.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunGroupTest {

    private record Result(String method, boolean finished, double loss) {}

    @Test
    void figures_are_those_of_the_runs_that_finished() {
        var groups =
                RunGroup.of(
                        List.of(
                                new Result("a", true, 1),
                                new Result("b", true, 7),
                                new Result("a", false, 900),
                                new Result("a", true, 3)),
                        Result::method,
                        Result::finished);
        assertThat(groups).extracting(RunGroup::settings).containsExactly("a", "b");
        assertThat(groups.getFirst().runs()).isEqualTo(3);
        assertThat(groups.getFirst().over(Result::loss).mean()).isEqualTo(2);
        assertThat(groups.getFirst().over(Result::loss).deviation())
                .isCloseTo(Math.sqrt(2), within(1e-12));
        assertThat(groups.getLast().over(Result::loss).deviation()).isNaN();
        assertThat(MeanAndDeviation.of().mean()).isNaN();
    }

    @Test
    void run_files_that_differ_in_name_and_seed_alone_are_alike(@TempDir java.nio.file.Path folder)
            throws Exception {
        RunFile file = SmallInbox.run(folder, "head", 9);
        RunSpec other = file.with("seed", "99").with("name", "again").spec();
        assertThat(other.butSeed()).isEqualTo(file.spec().butSeed());
        // A default written out is no difference.
        assertThat(file.with("method.perturbationScale", "0.001").spec().butSeed())
                .isEqualTo(file.spec().butSeed());
        assertThat(file.with("training.batchSize", "3").spec().butSeed())
                .isNotEqualTo(file.spec().butSeed());
    }
}
