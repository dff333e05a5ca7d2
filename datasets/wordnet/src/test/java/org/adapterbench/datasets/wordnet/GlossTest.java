package org.adapterbench.datasets.wordnet;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GlossTest {

    @Test
    void examplesAreTakenOutOfTheDefinition() {
        Gloss gloss = Gloss.parse("  shine weakly; of a lamp; \"the lamp  gleamed\"; \"a gleaming lamp\"  ");
        assertThat(gloss.definition()).isEqualTo("shine weakly; of a lamp");
        assertThat(gloss.examples()).containsExactly("the lamp gleamed", "a gleaming lamp");
    }

    @Test
    void quotationMarksInsideADefinitionStay() {
        Gloss gloss = Gloss.parse("a lamp called \"moon\" by sailors");
        assertThat(gloss.definition()).isEqualTo("a lamp called \"moon\" by sailors");
        assertThat(gloss.examples()).isEmpty();
    }

    @Test
    void whoSaidAnExampleIsNoPartOfIt() {
        Gloss gloss = Gloss.parse("of lamps; \"lamps are stars\"- A. Lampist; \"stars are lamps\"");
        assertThat(gloss.examples()).containsExactly("lamps are stars", "stars are lamps");
    }

    @Test
    void theFirstClauseEndsAtASemicolonOutsideParentheses() {
        assertThat(Definitions.firstClause("a lamp (for ships; large) with a lens; used at night"))
                .isEqualTo("a lamp (for ships; large) with a lens");
        assertThat(Definitions.firstClause("a small lamp")).isEqualTo("a small lamp");
    }
}
