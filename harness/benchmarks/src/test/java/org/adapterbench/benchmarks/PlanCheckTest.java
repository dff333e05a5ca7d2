package org.adapterbench.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.adapterbench.benchmarks.PlanCheck.Costs;
import org.junit.jupiter.api.Test;

class PlanCheckTest {

    @Test
    void timesAndSizesAreReadFromThePlansTable() {
        List<String> printed = List.of(
                "plan: Short runs",
                "encoder    task           variant    runs  finished  warm-up steps  steps  time    memory  disk",
                "minilm-l6  wordnet/x      a          1     0         0              20     1m 05s  1.6 GB  1.0 MB",
                "bge-small  wordnet/x      rate low   1     0         0              20     1h 02m  900 MB  1.0 MB",
                "Data: wordnet/x official");

        assertThat(PlanCheck.planned(printed))
                .isEqualTo(Map.of(
                        "minilm-l6 a", new Costs(65, 1.6e9),
                        "bge-small rate low", new Costs(3720, 900e6)));
    }

    @Test
    void theColumnsMayStandInAnotherOrderWithMoreAmongThem() {
        List<String> printed = List.of(
                "variant    encoder    memory  GPU     disk    time",
                "a          minilm-l6  1.6 GB  2.0 GB  1.0 MB  1m 05s");

        assertThat(PlanCheck.planned(printed)).isEqualTo(Map.of("minilm-l6 a", new Costs(65, 1.6e9)));
    }
}
