/**
 * The numbers of a run as growable columns, and the two charts over them.
 *
 * <p>A kit room: it knows the engine's events and no feature of the window. Hands on {@link
 * io.pocketllm.app.chart.RunSeries}, {@link io.pocketllm.app.chart.ChartPane} and {@link
 * io.pocketllm.app.chart.RunImage}.
 */
package io.pocketllm.app.chart;
