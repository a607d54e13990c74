/**
 * The command line: picocli commands, one thin class each over the rooms above. The only room that
 * prints.
 */
package io.pocketllm.cli;
