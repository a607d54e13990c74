/**
 * Numbers as people read them, always with their unit.
 *
 * <p>A kit room: it knows no feature.
 */
package io.pocketllm.app.text;
