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
                .isEqualTo("1cb4495027dfd6e43f4e029ccc4be42a1e392f2153520d363c192514ff791506");
        assertThat(RunIds.of(Records.spec("full", 9_007_199_254_740_991L)))
                .isEqualTo("d0c82b61b48f88d1be0188b682305cf715c4e6ce50f15267e7757f0fa0a53655");
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
