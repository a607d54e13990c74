/**
 * Work off the window's thread: the only room that makes threads or calls the JavaFX queue.
 *
 * <p>A kit room: it knows no feature. Hands on {@link io.pocketllm.app.task.Tasks}.
 */
package io.pocketllm.app.task;
