package io.pocketllm.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class TsvRoundTripTest {

    @Property(tries = 300)
    void examplesThatAreWrittenAreReadBack(@ForAll("files") List<Example> examples)
            throws Exception {
        List<Example> expected =
                examples.stream()
                        .map(e -> new Example(e.text().replace('\t', ' ').strip(), e.label()))
                        .toList();

        assertThat(TsvReaderTest.read(TsvReaderTest.written(examples))).isEqualTo(expected);
    }

    @Provide
    Arbitrary<List<Example>> files() {
        Arbitrary<String> texts =
                Arbitraries.strings()
                        .all()
                        .withChars('\t', ' ', '"', 'ß', '\uFEFF')
                        .excludeChars('\n')
                        .ofMinLength(1)
                        .ofMaxLength(40)
                        .filter(
                                t ->
                                        !t.isBlank()
                                                && StandardCharsets.UTF_8
                                                        .newEncoder()
                                                        .canEncode(t));
        Arbitrary<Integer> labels = Arbitraries.integers().between(0, 2);
        return Combinators.combine(texts, labels)
                .as(Example::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(20);
    }
}
