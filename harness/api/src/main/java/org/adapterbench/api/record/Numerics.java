package org.adapterbench.api.record;

/** How floating-point results relate across machines; never mixed in one comparison. */
public enum Numerics {
    /** Built to give the same bits on every x86-64 processor with AVX2. */
    PORTABLE(1),
    /** The machine's fastest kernels; the same bits on the same machine class only. */
    FAST(2),
    /**
     * As {@link #FAST}, with matrix products of bfloat16 values (8 bits of mantissa), summed in float32; what lies between
     * two of them is bfloat16 too where TensorFlow's mixed precision holds that to be safe.
     */
    FAST_BF16(2);

    private final int interOpThreads;

    Numerics(int interOpThreads) {
        this.interOpThreads = interOpThreads;
    }

    /** Operations that TensorFlow executes at a time; changes speed and memory, and no bit. */
    public int interOpThreads() {
        return interOpThreads;
    }
}
