package org.adapterbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.adapterbench.core.config.Experiment;
import org.adapterbench.core.config.ExperimentReader;
import org.adapterbench.core.grid.Grid;
import org.adapterbench.core.grid.Only;
import org.adapterbench.core.grid.PlannedRun;
import org.junit.jupiter.api.Test;

final class EstimatorTest {

    private static final Path QUICK =
            Path.of(System.getProperty("adapterbench.root"), "harness", "experiments", "quick.yaml");

    private final Materials materials =
            Materials.of(Surroundings.ofThisProcess(), null, new PrintWriter(Writer.nullWriter()));

    /** Work by variant, of all tasks and seeds. */
    private Map<String, Double> work(String... settings) {
        Experiment experiment =
                new ExperimentReader(materials.methods(), materials.tasks()).read(QUICK, List.of(settings));
        List<PlannedRun> runs = new Grid(
                        materials.tasks(), materials.methods(), materials.encoders()::open, materials.data())
                .expand(experiment, Only.everything());
        List<RunCost> costs =
                new Estimator(materials, experiment.save(), experiment.activationMegabytes()).estimate(runs);
        Map<String, Double> work = new HashMap<>();
        for (int i = 0; i < runs.size(); i++) {
            work.merge(runs.get(i).variant(), costs.get(i).flops(), Double::sum);
        }
        return work;
    }

    @Test
    void dropoutAboveFrozenLayersSavesTheirPassesAfterTheFirst() {
        Map<String, Double> everywhere = work("training.epochs=3");
        Map<String, Double> above = work("training.epochs=3", "training.dropout-layers=adapted");
        Map<String, Double> noRoom =
                work("training.epochs=3", "training.dropout-layers=adapted", "activation-megabytes=0");

        assertThat(above.get("full")).isEqualTo(everywhere.get("full"));
        assertThat(above.get("lora")).isEqualTo(everywhere.get("lora"));
        // 6 layers: one pass in place of three through all of them, and through two.
        assertThat(above.get("head-only")).isLessThan(0.4 * everywhere.get("head-only"));
        assertThat(above.get("qr-lora")).isBetween(0.8 * everywhere.get("qr-lora"), 0.95 * everywhere.get("qr-lora"));
        assertThat(noRoom.get("head-only")).isGreaterThan(everywhere.get("head-only"));
    }

    @Test
    void aSingleEpochHasNoPassToSave() {
        Map<String, Double> everywhere = work();

        assertThat(work("training.dropout-layers=adapted")).isEqualTo(everywhere);
    }
}
