package org.adapterbench.reports.html;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/** Round numbers to label an axis with. */
record Ticks(List<Double> values, int decimals) {

    private static final int[] STEPS = {1, 2, 5, 10};

    /**
     * Multiples of 1, 2 or 5 times a power of ten.
     *
     * @param least lower end of the axis
     * @param most  upper end, above the lower one
     * @param about how many are wanted
     */
    static Ticks of(double least, double most, int about) {
        double rough = (most - least) / about;
        int power = (int) Math.floor(StrictMath.log10(rough));
        BigDecimal unit = BigDecimal.ONE.scaleByPowerOfTen(power);
        BigDecimal step = unit;
        for (int factor : STEPS) {
            step = unit.multiply(BigDecimal.valueOf(factor));
            if (step.doubleValue() >= rough) {
                break;
            }
        }
        List<Double> values = new ArrayList<>();
        BigDecimal value =
                new BigDecimal(least).divide(step, 0, RoundingMode.CEILING).multiply(step);
        for (; value.doubleValue() <= most; value = value.add(step)) {
            values.add(value.doubleValue());
        }
        return new Ticks(values, Math.max(0, step.stripTrailingZeros().scale()));
    }
}
