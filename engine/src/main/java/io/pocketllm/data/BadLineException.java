package io.pocketllm.data;

/** A line that gives no example. Readers go on behind it where the run file lets them skip. */
final class BadLineException extends Exception {

    /** Why a line is passed over; what a count of skipped lines says. */
    enum Reason {
        NOT_UTF8("not valid UTF-8"),
        TOO_LONG("too long"),
        MALFORMED("malformed"),
        MISSING_COLUMN("without a column that is needed"),
        EMPTY_TEXT("with an empty text"),
        UNKNOWN_LABEL("with an unknown label");

        private final String words;

        Reason(String words) {
            this.words = words;
        }

        /** Completes "12 lines were skipped: …". */
        String words() {
            return words;
        }
    }

    private final long line;
    private final Reason reason;
    private final String hint;

    /**
     * @param line counted from 1
     * @param what completes "line 12 …"
     * @param hint what to do about it
     */
    BadLineException(long line, Reason reason, String what, String hint) {
        super("line " + line + " " + what);
        this.line = line;
        this.reason = reason;
        this.hint = hint;
    }

    long line() {
        return line;
    }

    Reason reason() {
        return reason;
    }

    String hint() {
        return hint;
    }
}
