package org.adapterbench.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import org.adapterbench.api.record.RunSpec;
import org.junit.jupiter.api.Test;

class RunIdsTest {

    /** Hashes made by another program from the same values. If this fails, every stored run is orphaned: raise the recipe version, or undo the change. */
    @Test
    void idsStayWhatTheyWere() {
        assertThat(RunIds.of(Records.spec("lora", 1)))
                .isEqualTo("da773f2370e7a8e583884201038383e33eb390acc10a3b5857c3d6bebf1d86d6");
        assertThat(RunIds.of(Records.spec("full", 9_007_199_254_740_991L)))
                .isEqualTo("b0ced340b7d20ba141409c32a0820ddd57a2177b581bea80ac630fc60e67b729");
    }

    @Test
    void canonicalTextIsTheWholeSpec() {
        assertThat(CanonicalJson.of(Records.spec("lora", 1)))
                .startsWith("{\"encoder\":{\"name\":\"minilm-l6\",")
                .contains(
                        "\"settings\":{\"alpha\":16,\"layers\":\"last-4\",\"rank\":8,\"targets\":[\"query\",\"value\"]}")
                .contains("\"numerics\":\"portable\"")
                .contains("\"rule\":\"random\"")
                .contains("\"learningRate\":0.0001")
                .endsWith("\"warmupFraction\":0.06,\"weightDecay\":0.01}}");
    }

    @Test
    void aSpecReadBackHasTheSameId() throws JsonProcessingException {
        RunSpec spec = Records.spec("lora", 1);

        RunSpec back = Json.read(Json.pretty(spec), RunSpec.class);

        assertThat(back).isEqualTo(spec);
        assertThat(RunIds.of(back)).isEqualTo(RunIds.of(spec));
    }
}
