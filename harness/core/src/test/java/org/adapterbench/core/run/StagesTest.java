package org.adapterbench.core.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import org.adapterbench.core.train.TrainingSeconds;
import org.junit.jupiter.api.Test;

class StagesTest {

    @Test
    void aTrainingIsDividedIntoItsPartsAndHasWhatEarlierProcessesSpent() {
        Stages stages = new Stages(RunListener.silent());
        // Of 40 seconds, 15 passed in this process.
        stages.add("train", 15.0);

        stages.divide("train", new TrainingSeconds(20, 11, 7, 2), 25);

        assertThat(stages.seconds())
                .containsExactly(
                        entry("checkpoint", 2.0),
                        entry("evaluate", 11.0),
                        entry("frozen-layers", 7.0),
                        entry("train", 20.0));
    }
}
