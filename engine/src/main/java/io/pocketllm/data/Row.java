package io.pocketllm.data;

/** One record of a data file, its values by their columns' names. */
interface Row {

    /** The line it starts at. */
    long line();

    boolean has(String column);

    /**
     * A column's text.
     *
     * @throws BadLineException where it holds something else
     */
    String text(String column) throws BadLineException;

    /** A column's value as a label: a text as it stands, a number or truth value as written. */
    String label(String column) throws BadLineException;

    /** The columns there are, for messages. */
    String columns();
}
