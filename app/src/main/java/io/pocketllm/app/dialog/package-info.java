/**
 * Questions, file choosers and the clipboard behind an interface, so that view models can be tested
 * without a screen.
 *
 * <p>A kit room: it knows no feature. Hands on {@link io.pocketllm.app.dialog.Dialogs}.
 */
package io.pocketllm.app.dialog;
