/**
 * The program's own guide inside the window: the pages of {@code docs/}, a search over them, first
 * steps, keys, and what this program is.
 *
 * <p>Uses the kit. Hands on {@link io.pocketllm.app.help.HelpPage} and its view model.
 */
package io.pocketllm.app.help;
