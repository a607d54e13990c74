package io.pocketllm.data;

import io.pocketllm.data.BadLineException.Reason;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes an example of a record, or says what the record lacks. */
final class RowMapper {

    private final String source;
    private final RowShape shape;

    /**
     * @param source the file's name in messages
     */
    RowMapper(String source, RowShape shape) {
        this.source = source;
        this.shape = shape;
    }

    /**
     * A record's example.
     *
     * @throws BadLineException where the record gives none
     * @throws DataException where the file's header says that none will
     */
    Example example(Row row) throws BadLineException, DataException {
        if (shape.labels().isEmpty()) {
            return withAnswer(row);
        }
        return new Example(texts(row), label(row), null);
    }

    private Example withAnswer(Row row) throws BadLineException, DataException {
        // A conversation is one text; a template of several cannot be filled from it.
        List<String> columns = shape.texts().size() == 1 ? shape.columnsOf("messages") : List.of();
        for (String column : columns) {
            if (row instanceof JsonRows.JsonRow json && json.at(column).isArray()) {
                ChatFormat.Conversation talk = shape.chat().read(json.at(column));
                if (talk == null || talk.answer().isBlank()) {
                    throw new BadLineException(
                            row.line(),
                            Reason.MALFORMED,
                            "has no conversation with an answer as \"" + column + "\"",
                            "Write [{\"role\": \"user\", \"content\": \"...\"}, {\"role\":"
                                    + " \"assistant\", \"content\": \"...\"}].");
                }
                return new Example(
                        Map.of(shape.texts().getFirst(), talk.prompt()), -1, talk.answer());
            }
        }
        return new Example(texts(row), -1, text(row, "completion"));
    }

    /** The record's texts alone. */
    Map<String, String> texts(Row row) throws BadLineException, DataException {
        Map<String, String> texts = new LinkedHashMap<>();
        for (String name : shape.texts()) {
            texts.put(name, text(row, name));
        }
        boolean second = !shape.texts().contains(Example.TEXT2) && shape.pair();
        if (second && column(row, Example.TEXT2) != null) {
            texts.put(Example.TEXT2, text(row, Example.TEXT2));
        }
        return Map.copyOf(texts);
    }

    private String text(Row row, String role) throws BadLineException, DataException {
        String value = row.text(needed(row, role));
        if (value.isBlank()) {
            throw new BadLineException(
                    row.line(),
                    Reason.EMPTY_TEXT,
                    "has an empty " + role,
                    "Write a text there or take the line out.");
        }
        // A prompt and its completion join where they stand; blanks there are meant.
        return role.equals("prompt") || role.equals("completion") ? value : value.strip();
    }

    private int label(Row row) throws BadLineException, DataException {
        String value = row.label(needed(row, "label")).strip();
        int index = shape.labels().indexOf(value);
        if (index < 0 && value.matches("\\d{1,4}")) {
            int number = Integer.parseInt(value);
            index =
                    number < shape.labelNames().size()
                            ? shape.labels().indexOf(shape.labelNames().get(number))
                            : -1;
        }
        if (index < 0) {
            String shown = value.length() > 60 ? value.substring(0, 57) + "..." : value;
            throw new BadLineException(
                    row.line(),
                    Reason.UNKNOWN_LABEL,
                    "has the label \"" + shown + "\", which objective.labels does not list",
                    "Listed are: "
                            + String.join(", ", shape.labels())
                            + ". Correct the line or add the label to the run file"
                            + (value.matches("\\d+")
                                    ? "; data.labelNames says which labels numbers stand for."
                                    : "."));
        }
        return index;
    }

    private String column(Row row, String role) {
        for (String column : shape.columnsOf(role)) {
            if (row.has(column)) {
                return column;
            }
        }
        return null;
    }

    private String needed(Row row, String role) throws BadLineException, DataException {
        String column = column(row, role);
        if (column == null) {
            List<String> tried = shape.columnsOf(role);
            String what =
                    "no column for the "
                            + role
                            + " (looked for "
                            + String.join(", ", tried)
                            + "); it has "
                            + row.columns();
            String hint = "Name the column in data.columns." + role + ".";
            if (row instanceof TableRow) {
                throw new DataException(source + ": its first line has " + what, hint);
            }
            throw new BadLineException(row.line(), Reason.MISSING_COLUMN, "has " + what, hint);
        }
        return column;
    }
}
