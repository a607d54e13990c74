package io.pocketllm.data;

import io.pocketllm.data.BadLineException.Reason;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What becomes of one file's unusable lines: refused at the first, or skipped and counted. */
final class BadLines {

    private record Count(long lines, BadLineException first) {}

    private final String source;
    private final boolean skip;
    private final Map<Reason, Count> counts = new EnumMap<>(Reason.class);

    BadLines(String source, boolean skip) {
        this.source = source;
        this.skip = skip;
    }

    void add(BadLineException bad) throws DataException {
        if (!skip) {
            throw new DataException(source + ": " + bad.getMessage(), bad.hint());
        }
        counts.merge(bad.reason(), new Count(1, bad), (a, b) -> new Count(a.lines + 1, a.first));
    }

    /** Refuses a file that gave no example. */
    void requireSome(long examples, DataFormat format) throws DataException {
        if (examples > 0) {
            return;
        }
        if (counts.isEmpty()) {
            throw new DataException(
                    source + ": holds no examples",
                    switch (format) {
                        case TSV ->
                                "Write a header line \"text<TAB>label\" and under it one message a line.";
                        case CSV ->
                                "Write a header line \"text,label\" and under it one example a line.";
                        case JSON_LINES ->
                                "Write one JSON object a line: {\"text\": \"...\", \"label\": \"...\"}";
                    });
        }
        BadLineException first =
                counts.values().stream()
                        .map(Count::first)
                        .min((a, b) -> Long.compare(a.line(), b.line()))
                        .orElseThrow();
        throw new DataException(
                source + ": all " + total() + " lines were skipped; " + first.getMessage(),
                first.hint());
    }

    private long total() {
        return counts.values().stream().mapToLong(Count::lines).sum();
    }

    /** One warning for each reason. */
    List<DataWarning> warnings() {
        List<DataWarning> warnings = new ArrayList<>();
        counts.forEach(
                (reason, count) ->
                        warnings.add(
                                new DataWarning(
                                        source
                                                + ": skipped "
                                                + count.lines
                                                + (count.lines == 1 ? " line " : " lines ")
                                                + reason.words()
                                                + "; the first: "
                                                + count.first.getMessage(),
                                        count.first.hint())));
        return warnings;
    }
}
