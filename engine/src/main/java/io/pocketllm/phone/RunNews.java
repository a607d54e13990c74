package io.pocketllm.phone;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One answer of {@code follow-run.sh}.
 *
 * @param running whether the run is still alive
 * @param exitCode the engine's, or null while it has none
 * @param killedKilobytes its memory where it was over the budget, else null
 * @param errors the end of its error output, once it has ended
 * @param lines whole lines of events
 * @param eventBytes bytes of those lines: so much further the next question begins
 */
record RunNews(
        boolean running,
        Integer exitCode,
        Long killedKilobytes,
        String errors,
        List<String> lines,
        int eventBytes) {

    private static final byte[] EVENTS = "\n@@events\n".getBytes(StandardCharsets.UTF_8);

    /** Counted in bytes, as the phone's file is: a torn character must not shift the place. */
    static RunNews parse(byte[] answer) {
        int at = indexOf(answer, EVENTS);
        int from = at < 0 ? answer.length : at + EVENTS.length;
        String head = new String(answer, 0, Math.max(at, 0), StandardCharsets.UTF_8);
        Sections sections = Sections.of(head);
        List<String> lines = new ArrayList<>();
        int next = from;
        for (int i = from; i < answer.length; i++) {
            if (answer[i] == '\n') {
                lines.add(new String(answer, next, i - next, StandardCharsets.UTF_8));
                next = i + 1;
            }
        }
        String state = sections.get("");
        return new RunNews(
                state.contains("running"),
                number(state, "exit ") == null ? null : number(state, "exit ").intValue(),
                number(state, "killed "),
                sections.get("errors").strip(),
                lines,
                next - from);
    }

    /** Ended, and everything it said is known. */
    boolean isLast() {
        return !running && lines.isEmpty();
    }

    private static Long number(String text, String word) {
        for (String line : text.split("\n")) {
            if (line.startsWith(word)) {
                return PhoneReader.number(line.substring(word.length()).strip());
            }
        }
        return null;
    }

    private static int indexOf(byte[] text, byte[] word) {
        for (int i = 0; i + word.length <= text.length; i++) {
            if (Arrays.equals(text, i, i + word.length, word, 0, word.length)) {
                return i;
            }
        }
        return -1;
    }
}
