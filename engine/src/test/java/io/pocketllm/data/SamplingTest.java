package io.pocketllm.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is kept of files: k a class, shares of one file, most of a part. */
class SamplingTest {

    private static final List<String> LABELS = List.of("a", "b");

    @TempDir private Path folder;

    @Test
    void fewShotKeepsKOfEachClassDecidedByTheSeed() throws Exception {
        DataLocation parts = parts(300);

        Dataset first = read(parts, new Sampling(8, 4, 1000, 1000, 1000, 1));
        Dataset again = read(parts, new Sampling(8, 4, 1000, 1000, 1000, 1));
        Dataset other = read(parts, new Sampling(8, 4, 1000, 1000, 1000, 2));

        assertThat(first.train()).hasSize(16);
        assertThat(first.train()).filteredOn(e -> e.label() == 0).hasSize(8);
        assertThat(first.validation()).hasSize(8);
        assertThat(first.test()).hasSize(300);
        assertThat(again).isEqualTo(first);
        assertThat(other.train()).isNotEqualTo(first.train());
        assertThat(first.warnings()).isEmpty();
    }

    @Test
    void aClassWithFewerExamplesThanAskedForIsNamed() throws Exception {
        Dataset dataset = read(parts(10), new Sampling(6, null, 1000, 1000, 1000, 1));

        assertThat(dataset.train()).hasSize(10);
        assertThat(dataset.warnings())
                .extracting(DataWarning::message)
                .anyMatch(m -> m.contains("only 5 train examples of \"a\""));
    }

    @Test
    void aPartOverItsLimitIsSampledAndSaidSo() throws Exception {
        Dataset dataset = read(parts(300), new Sampling(null, null, 100, 50, 300, 1));

        assertThat(dataset.train()).hasSize(100);
        assertThat(dataset.validation()).hasSize(50);
        assertThat(dataset.test()).hasSize(300);
        assertThat(dataset.warnings())
                .extracting(DataWarning::message)
                .hasSize(2)
                .anyMatch(m -> m.contains("100 of its 300 train examples"));
        assertThat(ordinals(dataset.train())).as("in the file's order").isSorted();
    }

    @Test
    void everyExampleHasTheSameChanceToStay() {
        int[] kept = new int[20];
        for (int seed = 0; seed < 4000; seed++) {
            Reservoir reservoir = new Reservoir(5, seed);
            for (int i = 0; i < kept.length; i++) {
                reservoir.add(i, new Example(String.valueOf(i), 0));
            }
            Reservoir.inOrder(List.of(reservoir)).forEach(e -> kept[Integer.parseInt(e.text())]++);
        }

        // 4000 draws with chance 1/4: five standard deviations are 137.
        assertThat(Arrays.stream(kept)).allMatch(n -> Math.abs(n - 1000) < 140);
    }

    @Property(tries = 100)
    void oneFileIsCutIntoPartsThatShareNothingAndHaveEachClassInItsShare(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 8) int tenths) {
        StratifiedSplit split = new StratifiedSplit(tenths / 10.0, 0.1, 2, seed);
        int[][] counts = new int[3][2];
        for (int i = 0; i < 200; i++) {
            counts[split.next(i % 2).ordinal()][i % 2]++;
        }

        for (int label = 0; label < 2; label++) {
            assertThat(counts[Part.VALIDATION.ordinal()][label]).isEqualTo(10 * tenths);
            assertThat(counts[Part.TEST.ordinal()][label]).isEqualTo(10);
        }
    }

    @Test
    void theCutOfOneFileIsDecidedByTheSeed() throws Exception {
        Path file = write("all.csv", "text,label\n", ",", 200);
        DataLocation one = new DataLocation.OneFile(file, 0.2, 0.1);

        Dataset first = read(one, Sampling.usual(1));

        assertThat(first.train()).hasSize(140);
        assertThat(first.validation()).hasSize(40);
        assertThat(first.test()).hasSize(20);
        Set<Example> all = new HashSet<>(first.train());
        all.addAll(first.validation());
        all.addAll(first.test());
        assertThat(all).hasSize(200);
        assertThat(read(one, Sampling.usual(1))).isEqualTo(first);
        assertThat(read(one, Sampling.usual(2)).test()).isNotEqualTo(first.test());
    }

    @Test
    void aFileTooSmallToCutIsRefused() throws Exception {
        Path file = write("all.csv", "text,label\n", ",", 1);

        DataException refused =
                catchThrowableOfType(
                        DataException.class,
                        () -> read(new DataLocation.OneFile(file, 0.1, 0.1), Sampling.usual(1)));

        assertThat(refused).hasMessageContaining("too few examples");
    }

    @Test
    void withoutATestPartTheValidationPartStandsInAndThatIsSaid() throws Exception {
        write("train.csv", "text,label\n", ",", 10);
        write("dev.jsonl", "", null, 10);

        Dataset dataset = read(new DataLocation.Folder(folder), Sampling.usual(1));

        assertThat(dataset.test()).isSameAs(dataset.validation()).hasSize(10);
        assertThat(dataset.warnings())
                .extracting(DataWarning::message)
                .singleElement()
                .asString()
                .contains("no test part");
    }

    @Test
    void twoFilesForOnePartAreRefusedUnlessTheFormatChooses() throws Exception {
        write("train.csv", "text,label\n", ",", 10);
        write("train.tsv", "text\tlabel\n", "\t", 20);
        write("validation.csv", "text,label\n", ",", 10);
        write("test.csv", "text,label\n", ",", 10);
        DataLocation location = new DataLocation.Folder(folder);

        DataException refused =
                catchThrowableOfType(DataException.class, () -> read(location, Sampling.usual(1)));

        assertThat(refused)
                .hasMessageContaining("several files for the train part: train.tsv, train.csv");
        DatasetRequest csv =
                new DatasetRequest(
                        location, DataFormat.CSV, RowShape.texts(LABELS), Sampling.usual(1), false);
        assertThat(Dataset.read(csv).train()).hasSize(10);
    }

    /** Batches by length: the same steps see the same, each example at most once an epoch. */
    @Property(tries = 100)
    void batchesBySimilarLengthSeeEachExampleAtMostOnceAnEpoch(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 300) int examples,
            @ForAll @IntRange(min = 1, max = 40) int batchSize) {
        int[] lengths = IntStream.range(0, examples).map(i -> 5 + (i * 37) % 60).toArray();
        LengthBuckets buckets = new LengthBuckets(lengths, batchSize, seed);
        int size = Math.min(batchSize, examples);
        int perEpoch = examples / size;
        Set<Integer> seen = new HashSet<>();
        for (int step = perEpoch + 1; step <= 2 * perEpoch; step++) {
            int[] batch = buckets.batch(step);
            assertThat(batch).hasSize(size);
            assertThat(Arrays.stream(batch).allMatch(seen::add)).isTrue();
            assertThat(new LengthBuckets(lengths, batchSize, seed).batch(step)).isEqualTo(batch);
        }
    }

    @Test
    void batchesBySimilarLengthHaveLittlePadding() {
        int[] lengths = IntStream.range(0, 1000).map(i -> 5 + (i * 37) % 60).toArray();
        LengthBuckets buckets = new LengthBuckets(lengths, 10, 3);
        BatchSampler plain = new BatchSampler(1000, 10, 3);
        int padded = 0;
        int plainPadded = 0;
        for (int step = 1; step <= 100; step++) {
            padded += padding(lengths, buckets.batch(step));
            plainPadded += padding(lengths, plain.batch(step));
        }

        assertThat(padded).isLessThan(plainPadded / 5);
    }

    private static int padding(int[] lengths, int[] batch) {
        int longest = Arrays.stream(batch).map(i -> lengths[i]).max().orElseThrow();
        return Arrays.stream(batch).map(i -> longest - lengths[i]).sum();
    }

    private static List<Integer> ordinals(List<Example> examples) {
        return examples.stream().map(e -> Integer.parseInt(e.text().substring(5))).toList();
    }

    private DataLocation parts(int examples) throws IOException {
        List<Path> files = new ArrayList<>();
        for (String part : List.of("train", "validation", "test")) {
            files.add(write(part + ".tsv", "text\tlabel\n", "\t", examples));
        }
        return new DataLocation.Files(files.get(0), files.get(1), files.get(2));
    }

    /**
     * @param separator null for JSON lines
     */
    private Path write(String name, String header, String separator, int examples)
            throws IOException {
        StringBuilder text = new StringBuilder(header);
        for (int i = 0; i < examples; i++) {
            String label = LABELS.get(i % 2);
            text.append(
                    separator == null
                            ? "{\"text\":\"text " + i + "\",\"label\":\"" + label + "\"}\n"
                            : "text " + i + separator + label + "\n");
        }
        return Files.writeString(folder.resolve(name), text);
    }

    private static Dataset read(DataLocation location, Sampling sampling) throws DataException {
        return Dataset.read(
                new DatasetRequest(location, null, RowShape.texts(LABELS), sampling, false));
    }
}
