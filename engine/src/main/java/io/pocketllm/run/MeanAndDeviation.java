package io.pocketllm.run;

/**
 * A figure measured several times.
 *
 * @param mean NaN where there is no value
 * @param deviation sample standard deviation (divided by n − 1); NaN below two values
 */
public record MeanAndDeviation(double mean, double deviation) {

    /** Of any number of values. */
    public static MeanAndDeviation of(double... values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        double mean = sum / values.length;
        double squares = 0;
        for (double value : values) {
            squares += (value - mean) * (value - mean);
        }
        return new MeanAndDeviation(
                values.length == 0 ? Double.NaN : mean,
                values.length < 2 ? Double.NaN : Math.sqrt(squares / (values.length - 1)));
    }
}
