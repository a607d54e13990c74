package io.pocketllm.data;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(30)
class TsvReaderTest {

    static final List<String> LABELS = List.of("reply now", "read later", "ignore");
    private static final String HEADER = "text\tlabel\n";

    static Stream<Arguments> goodFiles() {
        List<Example> two = List.of(new Example("Hi?", 0), new Example("Sale!", 2));
        return Stream.of(
                arguments("plain", HEADER + "Hi?\treply now\nSale!\tignore\n", two),
                arguments("no line end at the end", HEADER + "Hi?\treply now\nSale!\tignore", two),
                arguments("CRLF", "text\tlabel\r\nHi?\treply now\r\nSale!\tignore\r\n", two),
                arguments("BOM", "\uFEFF" + HEADER + "Hi?\treply now\nSale!\tignore\n", two),
                arguments(
                        "BOM, blank line",
                        "\uFEFF\n" + HEADER + "Hi?\treply now\nSale!\tignore",
                        two),
                arguments(
                        "blank lines",
                        "\n  \n" + HEADER + "\n\r\nHi?\treply now\n\t\n   \nSale!\tignore\n\n\n",
                        two),
                arguments("blanks around", HEADER + " Hi? \t reply now \nSale!\tignore\t \n", two),
                arguments(
                        "tabs inside the text",
                        HEADER + "a\tb\t\tc\tignore\n",
                        List.of(new Example("a b  c", 2))),
                arguments(
                        "quotes and other scripts",
                        HEADER + "\"Grüße\", 你好 🙂 \\n\tread later\n",
                        List.of(new Example("\"Grüße\", 你好 🙂 \\n", 1))),
                arguments(
                        "columns in another order",
                        "label\ttext\nreply now\tHi?\nignore\tSale!\n",
                        two),
                arguments(
                        "a file of GLUE, quotes as they are",
                        "index\tsentence\tlabel\n0\t\"Hi?\treply now\n1\tSale!\"\tignore\n",
                        List.of(new Example("\"Hi?", 0), new Example("Sale!\"", 2))),
                arguments(
                        "the longest line",
                        HEADER + "x".repeat(DataFormat.TSV.maxLineBytes() - 7) + "\tignore\n",
                        List.of(new Example("x".repeat(DataFormat.TSV.maxLineBytes() - 7), 2))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("goodFiles")
    void examplesAreReadFrom(String what, String file, List<Example> expected) throws Exception {
        assertThat(read(file.getBytes(UTF_8))).isEqualTo(expected);
    }

    static Stream<Arguments> badFiles() {
        return Stream.of(
                arguments("an empty file", "", "mail.tsv: holds no examples"),
                arguments("blank lines only", "\n\n  \r\n", "mail.tsv: holds no examples"),
                arguments("only a header", HEADER, "mail.tsv: holds no examples"),
                arguments(
                        "no header",
                        "Hi?\treply now\nHi!\tignore\n",
                        "mail.tsv: its first line has no column for the text (looked for text,"
                                + " sentence, sentence1, premise, prompt); it has Hi?, reply now"),
                arguments(
                        "a header of blanks",
                        "text\t\tlabel\na\tb\tignore\n",
                        "mail.tsv: line 1 is no header: a column has no name"),
                arguments(
                        "a column twice",
                        "text\ttext\na\tb\n",
                        "line 1 is no header: two columns are called \"text\""),
                arguments(
                        "too few columns",
                        "id\ttext\tlabel\n1\ta\tignore\n2\tb\n",
                        "mail.tsv: line 3 has 2 columns where the first line has 3"),
                arguments("no tab", HEADER + "a\tignore\nb\n", "mail.tsv: line 3 has no tab"),
                arguments("no label", HEADER + "a\t\n", "mail.tsv: line 2 has no tab"),
                arguments("no text", HEADER + "\tignore\n", "line 2 has no text before the tab"),
                arguments("blank text", HEADER + " \t\tignore\n", "line 2 has no text"),
                arguments(
                        "an unknown label",
                        HEADER + "\na\tignore\nb\tignored\n",
                        "mail.tsv: line 4 has the label \"ignored\""),
                arguments("another case", HEADER + "a\tIgnore\n", "has the label \"Ignore\""));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badFiles")
    void aBadFileIsRefusedNamingTheLine(String what, String file, String problem) {
        assertThat(refusal(file.getBytes(UTF_8))).hasMessageContaining(problem);
    }

    @Test
    void anUnknownLabelIsAnsweredWithTheListedOnes() {
        DataException refused = refusal((HEADER + "a\tspam\n").getBytes(UTF_8));

        assertThat(refused.hint()).contains("reply now, read later, ignore");
    }

    @Test
    void anEndlessLabelDoesNotFillTheMessage() {
        DataException refused = refusal((HEADER + "a\t" + "b".repeat(9000)).getBytes(UTF_8));

        assertThat(refused.getMessage()).hasSizeLessThan(200).contains("bbb...");
    }

    @Test
    void bytesThatAreNoUtf8AreRefusedWithTheirLine() {
        byte[] latin1 =
                (HEADER + "ok\tignore\nGrüße\tignore\n").getBytes(Charset.forName("ISO-8859-1"));
        byte[] cutOff = (HEADER + "🙂").getBytes(UTF_8);

        assertThat(refusal(latin1)).hasMessage("mail.tsv: line 3 is not valid UTF-8");
        assertThat(refusal(java.util.Arrays.copyOf(cutOff, cutOff.length - 1)))
                .hasMessage("mail.tsv: line 2 is not valid UTF-8");
    }

    /** Memory is bounded because no more is read than a line may have, and a buffer. */
    @Test
    void aLineOfTenMegabytesIsRefusedAfterItsFirstPart() {
        Endless stream = new Endless(10_000_000);

        DataException refused = refusal(stream);

        assertThat(refused).hasMessage("mail.tsv: line 2 is longer than 64 KiB");
        assertThat(stream.given).isLessThan(2 * DataFormat.TSV.maxLineBytes() + 100);
    }

    @Test
    void aFailingDiskIsNoEndOfTheFile() {
        InputStream failing =
                new InputStream() {
                    @Override
                    public int read() throws IOException {
                        throw new IOException("bad sector");
                    }
                };

        assertThat(refusal(failing)).hasMessage("mail.tsv: cannot be read (bad sector)");
    }

    /** A header and then one line of the letter a. */
    private static final class Endless extends InputStream {

        private final byte[] header = HEADER.getBytes(UTF_8);
        private final int length;
        private int given;

        Endless(int length) {
            this.length = length;
        }

        @Override
        public int read() {
            int i = given++;
            return i < header.length ? header[i] : i < length ? 'a' : -1;
        }
    }

    static List<Example> read(byte[] file) throws DataException {
        return read(new ByteArrayInputStream(file));
    }

    private static List<Example> read(InputStream file) throws DataException {
        List<Example> examples = new ArrayList<>();
        new DataFile("mail.tsv", DataFormat.TSV, () -> file)
                .stream(RowShape.texts(LABELS), false, examples::add);
        return examples;
    }

    private static DataException refusal(byte[] file) {
        return refusal(new ByteArrayInputStream(file));
    }

    private static DataException refusal(InputStream file) {
        DataException refused = catchThrowableOfType(DataException.class, () -> read(file));
        assertThat(refused).as("the file is refused").isNotNull();
        assertThat(refused).hasMessageStartingWith("mail.tsv: ");
        assertThat(refused.hint()).isNotBlank();
        return refused;
    }

    /** The file a careful writer would write. */
    static byte[] written(List<Example> examples) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(HEADER.getBytes(UTF_8));
        for (Example example : examples) {
            out.write((example.text() + "\t" + LABELS.get(example.label()) + "\n").getBytes(UTF_8));
        }
        return out.toByteArray();
    }
}
