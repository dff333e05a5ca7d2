package org.adapterbench.core.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.adapterbench.core.Seeds;
import org.adapterbench.core.encoder.ShapeRule;

/**
 * Which examples share a batch and how long it is padded. Every example has one padded length for the whole
 * run, whatever the epoch and the method; the lengths are those whose products give the same bits on every
 * processor (multiples of 12 up to 72, then of 24). Buckets hold whole batches: an example that would be
 * left over moves into the next longer bucket.
 */
public final class BatchPlan {

    /** A bucket that is shuffled holds at least this many batches, lest the same examples always meet. */
    private static final int LEAST_SHUFFLED_BATCHES = 4;

    private final int batchSize;
    private final TreeMap<Integer, int[]> buckets = new TreeMap<>();

    private BatchPlan(int batchSize) {
        this.batchSize = batchSize;
    }

    /** One batch to be: its padded length and its examples. */
    public record Slot(int length, int[] examples) {}

    /** The plan for a training selection. */
    public static BatchPlan forTraining(List<EncodedExample> examples, int batchSize) {
        return new BatchPlan(batchSize).fill(examples, batchSize * LEAST_SHUFFLED_BATCHES);
    }

    /** The plan for an evaluation selection. */
    public static BatchPlan forEvaluation(List<EncodedExample> examples, int batchSize) {
        return new BatchPlan(batchSize).fill(examples, batchSize);
    }

    private BatchPlan fill(List<EncodedExample> examples, int least) {
        TreeMap<Integer, List<Integer>> byLength = new TreeMap<>();
        for (int i = 0; i < examples.size(); i++) {
            int length = ShapeRule.paddedLength(examples.get(i).tokens().length());
            byLength.computeIfAbsent(length, key -> new ArrayList<>()).add(i);
        }
        List<Integer> carried = new ArrayList<>();
        for (int length : byLength.keySet()) {
            List<Integer> pool = new ArrayList<>(carried);
            pool.addAll(byLength.get(length));
            pool.sort(Comparator.comparingInt(
                            (Integer i) -> examples.get(i).tokens().length())
                    .thenComparing(Comparator.naturalOrder()));
            int whole = length == byLength.lastKey() ? pool.size() : pool.size() / batchSize * batchSize;
            int kept = whole >= least || length == byLength.lastKey() ? whole : 0;
            if (kept > 0) {
                buckets.put(
                        length,
                        pool.subList(0, kept).stream()
                                .mapToInt(Integer::intValue)
                                .sorted()
                                .toArray());
            }
            carried = new ArrayList<>(pool.subList(kept, pool.size()));
        }
        return this;
    }

    /** Batches in a fixed order, for evaluation. */
    public List<Slot> inOrder() {
        List<Slot> slots = new ArrayList<>();
        buckets.forEach((length, members) -> cut(length, members, slots));
        return slots;
    }

    /** Batches of one epoch: examples shuffled within buckets, then the batches among each other. */
    public List<Slot> shuffled(RandomGenerator random) {
        List<Slot> slots = new ArrayList<>();
        buckets.forEach((length, members) -> {
            int[] order = members.clone();
            Seeds.shuffle(order, random);
            cut(length, order, slots);
        });
        int[] order = IntStream.range(0, slots.size()).toArray();
        Seeds.shuffle(order, random);
        return Arrays.stream(order).mapToObj(slots::get).toList();
    }

    /** Batches an epoch. */
    public int batches() {
        return buckets.values().stream()
                .mapToInt(m -> (m.length + batchSize - 1) / batchSize)
                .sum();
    }

    private void cut(int length, int[] members, List<Slot> slots) {
        for (int i = 0; i < members.length; i += batchSize) {
            slots.add(new Slot(length, Arrays.copyOfRange(members, i, Math.min(i + batchSize, members.length))));
        }
    }
}
