package org.adapterbench.core.weights;

/** IEEE 754 binary16 to fp32, exact. (The JDK has it from version 20 on.) */
final class HalfPrecision {

    private static final int FRACTION_BITS = 10;
    private static final float SMALLEST_SUBNORMAL = 0x1p-24f;

    private HalfPrecision() {}

    static float toFloat(short bits) {
        int sign = (bits & 0x8000) << 16;
        int exponent = (bits >> FRACTION_BITS) & 0x1f;
        int fraction = bits & 0x3ff;
        if (exponent == 0) {
            float magnitude = fraction * SMALLEST_SUBNORMAL;
            return Float.intBitsToFloat(sign | Float.floatToRawIntBits(magnitude));
        }
        int wideExponent = exponent == 0x1f ? 0xff : exponent + 127 - 15;
        return Float.intBitsToFloat(sign | wideExponent << 23 | fraction << 13);
    }
}
