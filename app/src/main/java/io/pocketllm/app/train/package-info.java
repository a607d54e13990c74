/**
 * A run while it goes on: its state, its charts, its controls, the phone it is simulated on.
 *
 * <p>Knows the kit rooms and the engine, and no other feature.
 */
package io.pocketllm.app.train;
