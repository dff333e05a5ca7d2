package org.adapterbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.adapterbench.cli.ActivationRoom.Selection;
import org.adapterbench.core.train.ActivationStore;
import org.junit.jupiter.api.Test;

final class ActivationRoomTest {

    private static final long SEGMENT = ActivationStore.SEGMENT_BYTES;

    private static Selection selection(int frozenLayers, int part) {
        return new Selection(frozenLayers, 32, 64, 0, part);
    }

    @Test
    void aSelectionIsComputedOnceForAllRunsThatFreezeAsManyLayers() {
        ActivationRoom room = new ActivationRoom(10 * SEGMENT);

        assertThat(room.computations(selection(4, 0), SEGMENT, 3)).isEqualTo(1);
        assertThat(room.computations(selection(4, 0), SEGMENT, 3)).isZero();
        assertThat(room.computations(selection(4, 1), SEGMENT, 3)).isEqualTo(1);
        assertThat(room.computations(selection(5, 0), SEGMENT, 3)).isEqualTo(1);
    }

    @Test
    void whatDoesNotFitIsComputedInEveryPassAndWhatFitsAfterItIsStored() {
        ActivationRoom room = new ActivationRoom(2 * SEGMENT);

        assertThat(room.computations(selection(4, 0), SEGMENT, 3)).isEqualTo(1);
        assertThat(room.computations(selection(4, 1), SEGMENT + 1, 3)).isEqualTo(3);
        assertThat(room.computations(selection(4, 2), SEGMENT, 3)).isEqualTo(1);
        assertThat(room.computations(selection(4, 1), SEGMENT + 1, 2)).isEqualTo(2);
    }

    @Test
    void noRoomStoresNothing() {
        ActivationRoom room = new ActivationRoom(0);

        assertThat(room.computations(selection(4, 0), 1, 3)).isEqualTo(3);
        assertThat(room.memoryBytes()).isZero();
        assertThat(room.fileBytes()).isZero();
    }

    @Test
    void memoryIsTakenFirstAndThenAFileInWholeSegments() {
        ActivationRoom room = new ActivationRoom(100 * SEGMENT);
        room.computations(selection(4, 0), 3 * SEGMENT - 1, 1);
        assertThat(room.memoryBytes()).isEqualTo(3 * SEGMENT);
        assertThat(room.fileBytes()).isZero();

        room.computations(selection(4, 1), 2 * SEGMENT, 1);
        assertThat(room.memoryBytes()).isEqualTo(ActivationStore.MEMORY_BYTES).isEqualTo(4 * SEGMENT);
        assertThat(room.fileBytes()).isEqualTo(SEGMENT);
    }

    @Test
    void aSelectionThatDoesNotFitFillsTheRoomBeforeThatIsKnown() {
        ActivationRoom room = new ActivationRoom(6 * SEGMENT + 1);
        room.computations(selection(4, 0), 7 * SEGMENT, 1);

        assertThat(room.memoryBytes() + room.fileBytes()).isEqualTo(6 * SEGMENT);
    }
}
