/**
 * Tables wider than the window: the column that names the rows stays in sight.
 *
 * <p>A kit room: it knows no feature. Hands on {@link io.pocketllm.app.table.PinnedTable} and
 * {@link io.pocketllm.app.table.FillOrScroll}.
 */
package io.pocketllm.app.table;
