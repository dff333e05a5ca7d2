package org.adapterbench.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.adapterbench.api.RunFailure;
import org.adapterbench.core.tokenize.Tokens;
import org.adapterbench.core.train.EncodedExample;
import org.junit.jupiter.api.Test;

class HeldOutTest {

    private static final List<EncodedExample> SELECTION = IntStream.range(0, 50)
            .mapToObj(i -> new EncodedExample("train-" + i, new Tokens(new int[3], new int[3]), 0))
            .toList();

    private static HeldOut<EncodedExample> cut(List<EncodedExample> selection, int size) {
        return HeldOut.cut(selection, EncodedExample::id, size);
    }

    @Test
    void sliceAndRestAreTheSelection() {
        HeldOut<EncodedExample> cut = cut(SELECTION, 20);

        assertThat(cut.slice()).hasSize(20);
        assertThat(cut.training()).hasSize(30).doesNotContainAnyElementsOf(cut.slice());
    }

    @Test
    void theCutDependsOnIdsAlone() {
        List<EncodedExample> reversed = new ArrayList<>(SELECTION);
        Collections.reverse(reversed);

        assertThat(new HashSet<>(cut(reversed, 20).slice()))
                .isEqualTo(new HashSet<>(cut(SELECTION, 20).slice()));
    }

    @Test
    void withoutASliceTheSelectionStaysAsItIs() {
        assertThat(cut(SELECTION, 0).training()).isEqualTo(SELECTION);
    }

    @Test
    void aSliceOfEverythingIsRefused() {
        assertThatThrownBy(() -> cut(SELECTION, 50))
                .isInstanceOf(RunFailure.class)
                .hasMessage("a slice of 50 examples leaves none of the 50 for training");
    }
}
