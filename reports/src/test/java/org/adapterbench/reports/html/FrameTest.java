package org.adapterbench.reports.html;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class FrameTest {

    @Test
    void labelsKeepTheirPlaceWhereThereIsRoom() {
        assertThat(Frame.apart(new double[] {20, 50, 90}, 12, 10, 100)).containsExactly(20, 50, 90);
    }

    @Test
    void crowdedLabelsAreMovedAGapApartWithinBounds() {
        double[] places = Frame.apart(new double[] {95, 96, 97, 98}, 12, 10, 100);

        assertThat(places).containsExactly(64, 76, 88, 100);
    }

    @Test
    void tooManyLabelsRunOverTheLowerEndInOrder() {
        assertThat(Frame.apart(new double[] {1, 2, 3}, 10, 0, 15)).containsExactly(0, 10, 20);
    }

    @Test
    void theLongestNumberStandsWhollyBeforeTheAxis() {
        // A character of the page's font is at most 7.3 wide.
        assertThat(new Frame(-0.001, 0.001, 400).left).isGreaterThanOrEqualTo("-0.0010".length() * 7.3 + 6);
        assertThat(new Frame(-1e-5, 1e-5, 400).left).isGreaterThanOrEqualTo("-0.000010".length() * 7.3 + 6);
        assertThat(new Frame(0.1, 0.5, 400).left).isEqualTo(Frame.LEAST_LEFT);
    }

    @Test
    void ticksAreRoundNumbersWithinTheAxis() {
        Ticks ticks = Ticks.of(0.604, 0.687, 5);

        assertThat(ticks.values()).containsExactly(0.62, 0.64, 0.66, 0.68);
        assertThat(ticks.decimals()).isEqualTo(2);
    }

    @Test
    void ticksOfLargeNumbersHaveNoDecimals() {
        assertThat(Ticks.of(0, 9500, 6)).isEqualTo(new Ticks(List.of(0.0, 2000.0, 4000.0, 6000.0, 8000.0), 0));
    }

    @Test
    void namesOfNeighbouringPointsDoNotCoverEachOther() {
        Room room = new Room(0, 400, 0, 200);

        Room.Box first = room.place(100, 100, 60, 12);
        Room.Box second = room.place(102, 101, 60, 12);
        Room.Box third = room.place(98, 99, 60, 12);

        assertThat(first.overlap(second) + first.overlap(third) + second.overlap(third))
                .isZero();
    }

    @Test
    void aNameAtTheEdgeStaysInside() {
        assertThat(new Room(0, 400, 0, 200).place(395, 100, 60, 12).right()).isLessThanOrEqualTo(400);
    }
}
