/**
 * The window: header, pages, keys, theme and status bar. Puts the feature rooms together; they do
 * not know it.
 */
package io.pocketllm.app.shell;
