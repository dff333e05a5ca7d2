package org.adapterbench.core.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import org.adapterbench.api.record.RunSpec;
import org.adapterbench.core.store.Records;
import org.junit.jupiter.api.Test;

class RunIdsTest {

    /**
     * Hashes made by another program from the same values. If this fails, every stored run is orphaned: raise the
     * recipe version, or undo the change.
     */
    @Test
    void idsStayWhatTheyWere() {
        assertThat(RunIds.of(Records.spec("lora", 1)))
                .isEqualTo("940a49c154a9835b28bc871c812f20b04daf66b6197fcd7d3eea45a1f4d6a72f");
        assertThat(RunIds.of(Records.spec("full", 9_007_199_254_740_991L)))
                .isEqualTo("307592a000bcdc055f65c7d0dec78d53f5dda52ed02d1f0d506decaf19b3ff5a");
    }

    @Test
    void canonicalTextIsTheWholeSpec() {
        assertThat(CanonicalJson.of(Records.spec("lora", 1)))
                .startsWith("{\"encoder\":{\"configSha256\":\"")
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
