/** The desktop program's entry; each feature is a room of its own below. */
package io.pocketllm.app;
