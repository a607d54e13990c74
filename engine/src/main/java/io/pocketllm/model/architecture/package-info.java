/**
 * One small class for each architecture, over shared blocks: config.json and published parameter
 * names to a forward graph. How to add one: docs/adding-an-architecture.md.
 *
 * <p>Part of the room {@code model}.
 */
package io.pocketllm.model.architecture;
