package org.adapterbench.api.damage;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.adapterbench.api.FailureKind;
import org.adapterbench.api.RunFailure;
import org.adapterbench.api.UserError;

/**
 * What a reader owes to whatever bytes: a value, or a {@link UserError} (or a {@link RunFailure} of kind DATA) of
 * one printable line, and no more memory than the bytes can be worth.
 */
public final class Refusal {

    /** Small files are read with a few buffers of fixed size; a length that a file merely claims goes beyond. */
    private static final long MOST_ALLOCATED = 64L << 20;

    /** Under the fuzzer the counter also counts the fuzzer's own work; there the heap's size is the limit. */
    private static final boolean COUNTED = !Boolean.getBoolean("adapterbench.fuzzed");

    private static final int LONGEST_LINE = 2_000;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private Refusal() {}

    /**
     * The line in which the reading was refused; empty when it gave a value.
     *
     * @throws AssertionError when the reader ended otherwise, or took too much memory
     */
    public static Optional<String> of(Callable<?> reading) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        Optional<String> line = line(reading);
        long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
        if (COUNTED && allocated > MOST_ALLOCATED) {
            throw new AssertionError("allocated " + allocated + " bytes, then: " + line.orElse("a value"));
        }
        return line;
    }

    private static Optional<String> line(Callable<?> reading) {
        try {
            reading.call();
            return Optional.empty();
        } catch (UserError e) {
            return Optional.of(requireOneLine(e));
        } catch (RunFailure e) {
            if (e.kind() != FailureKind.DATA) {
                throw new AssertionError("failed as " + e.kind(), e);
            }
            return Optional.of(requireOneLine(e));
        } catch (Exception e) {
            throw new AssertionError("neither a value nor a refusal: " + e, e);
        }
    }

    private static String requireOneLine(RuntimeException refusal) {
        String message = String.valueOf(refusal.getMessage());
        if (message.isBlank() || message.length() > LONGEST_LINE) {
            throw new AssertionError("a message of " + message.length() + " characters", refusal);
        }
        if (message.codePoints().anyMatch(Refusal::isUnprintable)) {
            throw new AssertionError("a message with a character that may not be printed", refusal);
        }
        return message;
    }

    /** Line ends, and what would speak to a terminal or turn the direction of its text. */
    private static boolean isUnprintable(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }
}
