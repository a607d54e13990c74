package io.pocketllm.data;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads labelled texts from tab-separated lines: {@code text<TAB>label}, UTF-8, with a header line
 * {@code text<TAB>label}. Blank lines are passed over. Memory stays bounded whatever the file
 * holds.
 */
final class TsvReader {

    /** Longer lines are no messages; a cap keeps a damaged file from filling the memory. */
    static final int MAX_LINE_BYTES = 64 * 1024;

    private final String source;
    private final List<String> labels;

    /**
     * @param source the file's name in messages
     * @param labels the class names that may occur
     */
    TsvReader(String source, List<String> labels) {
        this.source = source;
        this.labels = labels;
    }

    List<Example> read(InputStream stream) throws IOException, DataException {
        List<Example> examples = new ArrayList<>();
        InputStream in = new BufferedInputStream(stream, 1 << 16);
        byte[] line = new byte[1024];
        int number = 0;
        boolean headerSeen = false;
        while (true) {
            int length = 0;
            int next;
            while ((next = in.read()) >= 0 && next != '\n') {
                if (length == MAX_LINE_BYTES) {
                    throw problem(
                            number + 1,
                            "is longer than " + MAX_LINE_BYTES / 1024 + " KiB",
                            "Split the text, or check that the lines of this file end with a line feed.");
                }
                if (length == line.length) {
                    line = Arrays.copyOf(line, length * 2);
                }
                line[length++] = (byte) next;
            }
            if (next < 0 && length == 0) {
                break;
            }
            number++;
            String text = decode(line, length, number).stripTrailing();
            if (text.isBlank()) {
                continue;
            }
            if (!headerSeen) {
                headerSeen = true;
                requireHeader(text.strip(), number);
                continue;
            }
            examples.add(example(text, number));
        }
        if (examples.isEmpty()) {
            throw new DataException(
                    source + ": holds no examples",
                    "Write a header line \"text<TAB>label\" and under it one message a line.");
        }
        return examples;
    }

    private String decode(byte[] line, int length, int number) throws DataException {
        try {
            String text =
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .onMalformedInput(CodingErrorAction.REPORT)
                            .onUnmappableCharacter(CodingErrorAction.REPORT)
                            .decode(ByteBuffer.wrap(line, 0, length))
                            .toString();
            return number == 1 && text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw problem(number, "is not valid UTF-8", "Save the file as UTF-8.");
        }
    }

    private void requireHeader(String line, int number) throws DataException {
        if (!line.equals("text\tlabel")) {
            throw problem(
                    number,
                    "is no header: expected \"text<TAB>label\"",
                    "Put that header in the first line.");
        }
    }

    private Example example(String line, int number) throws DataException {
        int tab = line.lastIndexOf('\t');
        if (tab < 0) {
            throw problem(number, "has no tab", "Each line is a text, a tab, and its label.");
        }
        String text = line.substring(0, tab).replace('\t', ' ').strip();
        String label = line.substring(tab + 1).strip();
        if (text.isEmpty()) {
            throw problem(
                    number,
                    "has no text before the tab",
                    "Write a text there or take the line out.");
        }
        int index = labels.indexOf(label);
        if (index < 0) {
            String shown = label.length() > 60 ? label.substring(0, 57) + "..." : label;
            throw problem(
                    number,
                    "has the label \"" + shown + "\", which objective.labels does not list",
                    "Listed are: "
                            + String.join(", ", labels)
                            + ". Correct the line or add the label to the run file.");
        }
        return new Example(text, index);
    }

    private DataException problem(int number, String what, String hint) {
        return new DataException(source + ": line " + number + " " + what, hint);
    }
}
