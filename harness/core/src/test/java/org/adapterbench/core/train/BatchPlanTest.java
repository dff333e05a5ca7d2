package org.adapterbench.core.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.adapterbench.core.Seeds;
import org.adapterbench.core.encoder.ShapeRule;
import org.adapterbench.core.tokenize.Tokens;
import org.junit.jupiter.api.Test;

class BatchPlanTest {

    private static final int BATCH = 32;

    @Test
    void everyExampleComesOnceAnEpoch() {
        BatchPlan plan = BatchPlan.forTraining(examples(1003), BATCH);

        List<Integer> seen = new ArrayList<>();
        plan.shuffled(Seeds.generator(1))
                .forEach(slot -> Arrays.stream(slot.examples()).forEach(seen::add));

        assertThat(seen).hasSize(1003).doesNotHaveDuplicates();
        assertThat(plan.batches()).isEqualTo((1003 + BATCH - 1) / BATCH);
    }

    @Test
    void anExampleIsPaddedToTheSameLengthInEveryEpoch() {
        BatchPlan plan = BatchPlan.forTraining(examples(1003), BATCH);

        assertThat(lengths(plan, 1)).isEqualTo(lengths(plan, 2)).hasSize(1003);
    }

    @Test
    void noExampleIsCutAndEveryLengthObeysTheShapeRule() {
        List<EncodedExample> examples = examples(1003);
        BatchPlan plan = BatchPlan.forEvaluation(examples, BATCH);

        lengths(plan, 1).forEach((example, length) -> {
            assertThat(length)
                    .isGreaterThanOrEqualTo(examples.get(example).tokens().length());
            assertThat(ShapeRule.allows(length)).as("length %d", length).isTrue();
            assertThat(ShapeRule.allows(BATCH * (long) length)).isTrue();
        });
    }

    @Test
    void onlyOneBatchIsNotFull() {
        BatchPlan plan = BatchPlan.forTraining(examples(1003), BATCH);

        assertThat(plan.shuffled(Seeds.generator(3)))
                .filteredOn(slot -> slot.examples().length != BATCH)
                .singleElement()
                .satisfies(slot -> assertThat(slot.examples()).hasSize(1003 % BATCH));
    }

    @Test
    void anotherSeedShufflesOtherwise() {
        BatchPlan plan = BatchPlan.forTraining(examples(1003), BATCH);

        assertThat(order(plan, 1)).isEqualTo(order(plan, 1)).isNotEqualTo(order(plan, 2));
    }

    private static List<List<Integer>> order(BatchPlan plan, long seed) {
        return plan.shuffled(Seeds.generator(seed)).stream()
                .map(slot -> Arrays.stream(slot.examples()).boxed().toList())
                .toList();
    }

    private static Map<Integer, Integer> lengths(BatchPlan plan, long seed) {
        Map<Integer, Integer> lengths = new HashMap<>();
        plan.shuffled(Seeds.generator(seed))
                .forEach(slot -> Arrays.stream(slot.examples()).forEach(e -> lengths.put(e, slot.length())));
        return lengths;
    }

    private static List<EncodedExample> examples(int count) {
        RandomGenerator random = Seeds.generator(count);
        List<EncodedExample> examples = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int length = 3 + random.nextInt(i % 7 == 0 ? 125 : 40);
            examples.add(new EncodedExample("e" + i, new Tokens(new int[length], new int[length]), 0));
        }
        return examples;
    }
}
