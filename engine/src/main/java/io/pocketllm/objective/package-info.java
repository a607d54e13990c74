/**
 * What "loss" means: the class head, and how well it does.
 *
 * <p>Hands on {@code Objective}. May use {@code forward} and the rooms above it.
 */
package io.pocketllm.objective;
