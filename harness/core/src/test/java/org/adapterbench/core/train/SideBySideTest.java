package org.adapterbench.core.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.adapterbench.api.record.Numerics;
import org.adapterbench.core.encoder.RandomWeights;
import org.adapterbench.core.tokenize.Tokens;
import org.adapterbench.core.weights.EncoderConfig.Family;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TInt32;

class SideBySideTest {

    private static final Graph GRAPH = new Graph();
    private static final Placeholder<TInt32> INPUT = Ops.create(GRAPH).placeholder(TInt32.class);
    private static final Operand<TInt32> OUTPUT = Ops.create(GRAPH).identity(INPUT);
    private static final Session SESSION = new Session(GRAPH);

    @AfterAll
    static void close() {
        SESSION.close();
        GRAPH.close();
    }

    private static Result result(int value) {
        try (TInt32 tensor = TInt32.scalarOf(value)) {
            return SESSION.runner().feed(INPUT, tensor).fetch(OUTPUT).run();
        }
    }

    private static Batch batch(int rows, int length) {
        return batch(rows, rows, length);
    }

    private static Batch batch(int examples, int rows, int length) {
        List<EncodedExample> all = IntStream.range(0, examples)
                .mapToObj(i -> new EncodedExample("e" + i, new Tokens(new int[] {2}, new int[1]), 0))
                .toList();
        int[] chosen = IntStream.range(0, examples).toArray();
        return Batch.of(all, chosen, rows, length, RandomWeights.tiny(Family.BERT));
    }

    @Test
    void resultsAreInTheOrderOfTheParts() {
        try (SideBySide two = new SideBySide(2, 2)) {
            List<Result> results =
                    two.each(SideBySide.Pass.LOGITS, batch(8, 4).parts(8), (part, index) -> result(part.examples()[0]));
            assertThat(results)
                    .extracting(each -> ((TInt32) each.get(0)).getInt())
                    .containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
            results.forEach(Result::close);
        }
    }

    /** Each part waits for the other: one thread alone would wait for ever. */
    @Test
    void twoPartsAreComputedAtATimeOnceThePassIsPrepared() {
        CyclicBarrier together = new CyclicBarrier(2);
        List<Integer> rows = Collections.synchronizedList(new ArrayList<>());
        try (SideBySide two = new SideBySide(2, 2)) {
            two.each(SideBySide.Pass.GRADIENTS, batch(8, 4).parts(2), (part, index) -> {
                        rows.add(part.rows());
                        if (part.rows() > 1) {
                            meet(together);
                        }
                        return result(index);
                    })
                    .forEach(Result::close);
        }
        // A single row prepares the pass, alone.
        assertThat(rows).containsExactly(1, 4, 4);
    }

    private static void meet(CyclicBarrier barrier) {
        try {
            barrier.await(1, TimeUnit.MINUTES);
        } catch (Exception e) {
            throw new IllegalStateException("computed one after the other", e);
        }
    }

    /** The other part has begun, and ends later. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void aFailureOfOnePartIsThatOfTheBatchAndLeavesNothingOpen(int failing) {
        CyclicBarrier together = new CyclicBarrier(2);
        List<Result> made = Collections.synchronizedList(new ArrayList<>());
        OutOfMemoryError failure = new OutOfMemoryError("of part " + failing);
        try (SideBySide two = new SideBySide(2, 2)) {
            assertThatThrownBy(() ->
                            two.each(SideBySide.Pass.LOGITS, batch(4, 4).parts(2), (part, index) -> {
                                if (part.rows() == 1) {
                                    return result(index);
                                }
                                meet(together);
                                if (index == failing) {
                                    throw failure;
                                }
                                Result result = result(index);
                                made.add(result);
                                return result;
                            }))
                    .isSameAs(failure);
        }
        assertThat(made).hasSize(1);
        assertThatThrownBy(() -> made.get(0).get(0)).isInstanceOf(IllegalStateException.class);
    }

    /** About 1,024 tokens each, at least as many parts as are computed at a time, and none without an example. */
    @ParameterizedTest
    @CsvSource({
        "32, 32, 16, 2, 16",
        "32, 32, 64, 2, 16",
        "32, 32, 65, 4, 8",
        "32, 32, 128, 4, 8",
        "32, 32, 512, 16, 2",
        "9, 9, 512, 5, 2",
        "17, 17, 512, 9, 2",
        "3, 3, 513, 3, 1",
        "1, 1, 16, 1, 1",
        "3, 32, 512, 2, 2"
    })
    void forwardPartsFollowTheShape(int examples, int rows, int length, int parts, int each) {
        Batch batch = batch(examples, rows, length);
        try (SideBySide fast = new SideBySide(SideBySide.atATime(Numerics.FAST), 1);
                SideBySide portable = new SideBySide(SideBySide.atATime(Numerics.PORTABLE), 2)) {
            assertThat(fast.cutForward(batch)).hasSize(parts).allMatch(part -> part.rows() == each);
            assertThat(portable.cutForward(batch)).containsExactly(batch);
        }
    }
}
