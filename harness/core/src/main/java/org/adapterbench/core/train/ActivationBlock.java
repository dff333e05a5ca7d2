package org.adapterbench.core.train;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.ShortBuffer;
import org.adapterbench.api.record.Numerics;

/** Room for the activations of one example. */
sealed interface ActivationBlock {

    /** How one value is kept. */
    enum Width {
        FLOAT32(Float.BYTES),
        BFLOAT16(Short.BYTES);

        private final int bytes;

        Width(int bytes) {
            this.bytes = bytes;
        }

        static Width of(Numerics numerics) {
            return numerics == Numerics.FAST_BF16 ? BFLOAT16 : FLOAT32;
        }

        int bytes() {
            return bytes;
        }

        /** @param room bytes of this many values, in the machine's order */
        ActivationBlock in(ByteBuffer room) {
            return switch (this) {
                case FLOAT32 -> new Floats(room.asFloatBuffer());
                case BFLOAT16 -> new Halves(room.asShortBuffer());
            };
        }

        /** Makes of values what {@link #in} keeps of them. */
        void round(float[] values) {
            if (this == BFLOAT16) {
                for (int i = 0; i < values.length; i++) {
                    values[i] = Halves.widened(Halves.rounded(values[i]));
                }
            }
        }
    }

    /** Fills the block from an array. */
    void put(float[] values, int from, int count);

    /** Fills the array from the block's beginning. */
    void get(float[] values);

    /** As they are. */
    record Floats(FloatBuffer values) implements ActivationBlock {

        @Override
        public void put(float[] source, int from, int count) {
            values.put(0, source, from, count);
        }

        @Override
        public void get(float[] target) {
            values.get(0, target);
        }
    }

    /** Rounded to the nearest bfloat16: the upper half of a float, ties to even. */
    record Halves(ShortBuffer values) implements ActivationBlock {

        @Override
        public void put(float[] source, int from, int count) {
            for (int i = 0; i < count; i++) {
                values.put(i, rounded(source[from + i]));
            }
        }

        @Override
        public void get(float[] target) {
            for (int i = 0; i < target.length; i++) {
                target[i] = widened(values.get(i));
            }
        }

        static short rounded(float value) {
            int bits = Float.floatToRawIntBits(value);
            if (Float.isNaN(value)) {
                // Rounding could carry a NaN over into an infinity or a zero.
                return (short) ((bits >>> 16) | 0x40);
            }
            return (short) ((bits + 0x7fff + ((bits >>> 16) & 1)) >>> 16);
        }

        static float widened(short value) {
            return Float.intBitsToFloat(value << 16);
        }
    }
}
