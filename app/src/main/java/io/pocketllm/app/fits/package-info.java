/**
 * What fits where: models, bases and methods against phones, planned from sizes alone.
 *
 * <p>Uses the kit. Hands on {@link io.pocketllm.app.fits.FitsPage} and its view model.
 */
package io.pocketllm.app.fits;
