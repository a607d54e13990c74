package io.pocketllm.sample;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** One persona's inbox, read as the bytes it is shipped as. */
final class Inbox {

    static final List<String> PERSONAS = List.of("inbox-nurse", "inbox-mechanic");

    static final List<String> SPLITS = List.of("train", "validation", "test");

    static final String FOLDER = "/io/pocketllm/sample-data/";

    /** A line of a data file. */
    record Message(String text, String label) {}

    private Inbox() {}

    /** The lines of a split, the header first; fails where the bytes are no UTF-8. */
    static List<String> lines(String persona, String split) throws IOException {
        String name = FOLDER + persona + "/" + split + ".tsv";
        try (InputStream stream = Inbox.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IOException(name + " is not there");
            }
            // A decoder of one's own throws where String would put a replacement character.
            String text =
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(stream.readAllBytes()))
                            .toString();
            return List.of(text.split("\n"));
        }
    }

    /** The messages of a split. */
    static List<Message> messages(String persona, String split) throws IOException {
        List<Message> messages = new ArrayList<>();
        for (String line : lines(persona, split).stream().skip(1).toList()) {
            int tab = line.indexOf('\t');
            messages.add(new Message(line.substring(0, tab), line.substring(tab + 1)));
        }
        return messages;
    }

    static List<String> texts(String persona, String split) throws IOException {
        return messages(persona, split).stream().map(Message::text).toList();
    }
}
