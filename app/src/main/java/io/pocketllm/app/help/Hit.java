package io.pocketllm.app.help;

/**
 * A part of a page that has what was searched for.
 *
 * @param spot where it is
 * @param page the page's title
 * @param heading the part's heading
 * @param excerpt the words around the first find
 */
public record Hit(Spot spot, String page, String heading, String excerpt) {}
