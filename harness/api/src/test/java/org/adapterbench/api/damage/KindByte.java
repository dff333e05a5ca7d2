package org.adapterbench.api.damage;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** The first byte of a fuzzer's input, where it says what the rest is taken for. */
public final class KindByte {

    private KindByte() {}

    /** The kind of an input that is not empty: every byte is one of so many kinds, from 0 on. */
    public static int of(byte[] input, int kinds) {
        return Byte.toUnsignedInt(input[0]) % kinds;
    }

    /** What follows the kind. */
    public static byte[] rest(byte[] input) {
        return Arrays.copyOfRange(input, 1, input.length);
    }

    /** An input of this kind. */
    public static byte[] before(int kind, byte[] content) {
        return ByteBuffer.allocate(content.length + 1)
                .put((byte) kind)
                .put(content)
                .array();
    }
}
