package io.pocketllm.app.chart;

/**
 * Debiased exponential moving average: s<sub>n</sub> = Σ w<sup>n−i</sup> x<sub>i</sub> / Σ
 * w<sup>n−i</sup>.
 *
 * <p>The denominator makes the first values honest instead of pulled to zero. Values that are not
 * finite are passed over: they give NaN themselves and leave the average as it was.
 */
public final class Smoothing {

    /** The formula in words, for a tooltip. */
    public static final String FORMULA =
            "Moving average that halves a point's weight every ln 2 / ln(1/w) steps: Σ wⁿ⁻ⁱ xᵢ / Σ wⁿ⁻ⁱ";

    private final double weight;
    private double weighted;
    private double weights;

    /**
     * @param weight w: 0 gives the raw line, values near 1 a calm one
     */
    public Smoothing(double weight) {
        if (!(weight >= 0 && weight < 1)) {
            throw new IllegalArgumentException(
                    "a smoothing weight is from 0 to below 1, not " + weight);
        }
        this.weight = weight;
    }

    /** Takes the next value and gives the average up to it. */
    public double next(double value) {
        if (!Double.isFinite(value)) {
            return Double.NaN;
        }
        weighted = weight * weighted + value;
        weights = weight * weights + 1;
        return weighted / weights;
    }

    /** How many steps it takes to halve a point's weight. */
    public static double halfLifeSteps(double weight) {
        return weight <= 0 ? 0 : Math.log(2) / -Math.log(weight);
    }
}
