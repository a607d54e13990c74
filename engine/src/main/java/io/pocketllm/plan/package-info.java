/**
 * What a run will hold in memory, before it is started: in parts, on a phone or not, and beside
 * what first-order training would need. docs/plan.md has the formulas and the measurements.
 */
package io.pocketllm.plan;
