package io.pocketllm.app.help;

/**
 * A part of a page, from its heading to the next.
 *
 * @param anchor what a link names it by; empty for what stands above the first heading
 * @param heading its heading, as text
 * @param level 1 for the page's own title
 * @param text all of it without marks, blanks made single
 */
record Section(String anchor, String heading, int level, String text) {}
