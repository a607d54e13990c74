package io.pocketllm.run.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.LongNode;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** The values that a parameter takes. */
public sealed interface Values {

    /** One at random, each alike. */
    JsonNode draw(RandomGenerator random);

    /** More than one value is possible. */
    boolean varies();

    /**
     * These and no others.
     *
     * @param values in the file's order; none twice
     */
    record Listed(List<JsonNode> values) implements Values {

        @Override
        public JsonNode draw(RandomGenerator random) {
            return values.get(random.nextInt(values.size()));
        }

        @Override
        public boolean varies() {
            return values.size() > 1;
        }
    }

    /**
     * Any number of a range; values have six digits, so that a person can read and repeat them.
     *
     * @param from the smallest
     * @param to the largest
     * @param log whether equal ratios are equally likely, and not equal differences
     * @param whole whether only whole numbers are taken
     */
    record Range(double from, double to, boolean log, boolean whole) implements Values {

        private static final MathContext DIGITS = new MathContext(6);

        @Override
        public JsonNode draw(RandomGenerator random) {
            return at(random.nextDouble());
        }

        @Override
        public boolean varies() {
            return true;
        }

        /** So many values, evenly spread, both ends among them; some may be equal once rounded. */
        public List<JsonNode> spread(int count) {
            List<JsonNode> values = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                values.add(at((double) i / (count - 1)));
            }
            return values;
        }

        /** StrictMath, for the same digits on every computer. */
        private JsonNode at(double share) {
            double value =
                    share == 0
                            ? from
                            : share == 1
                                    ? to
                                    : log
                                            ? from * StrictMath.pow(to / from, share)
                                            : from + share * (to - from);
            if (whole) {
                return LongNode.valueOf(StrictMath.round(value));
            }
            return DoubleNode.valueOf(
                    share == 0 || share == 1
                            ? value
                            : BigDecimal.valueOf(value).round(DIGITS).doubleValue());
        }
    }
}
