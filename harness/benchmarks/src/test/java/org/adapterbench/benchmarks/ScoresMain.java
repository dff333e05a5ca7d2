package org.adapterbench.benchmarks;

import java.util.Map;
import org.adapterbench.api.record.Numerics;

/** Prints what a model scores on some texts, in this process's environment. Argument: an encoder. */
final class ScoresMain {

    private static final int LENGTH = 12;

    private ScoresMain() {}

    public static void main(String[] arguments) {
        Subject.Choice choice = new Subject.Choice(arguments[0], Shares.everythingTrains(), Map.of(), 0);
        try (Subject subject = Subject.open(choice, Numerics.FAST)) {
            for (float[] row : subject.graph().logits(subject.batch(LENGTH))) {
                for (float score : row) {
                    System.out.println("score " + score);
                }
            }
        }
    }
}
