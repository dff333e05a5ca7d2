package org.adapterbench.reports.html;

import java.util.ArrayList;
import java.util.List;

/** Finds places for names in a drawing where they cover as little as possible of what is already there. */
final class Room {

    private static final double[] DISTANCES = {0, -9, 9, -16, 16, -28, 28, -40, 40};
    private static final double BESIDE = 8;
    private static final double PRICE_OF_DISTANCE = 0.4;
    private static final double PRICE_OF_LEAVING = 1000;

    private final Box bounds;
    private final List<Box> taken = new ArrayList<>();

    /** A rectangle; y grows downwards. */
    record Box(double left, double right, double top, double bottom) {

        double overlap(Box other) {
            double width = Math.min(right, other.right) - Math.max(left, other.left);
            double height = Math.min(bottom, other.bottom) - Math.max(top, other.top);
            return width > 0 && height > 0 ? width * height : 0;
        }
    }

    Room(double left, double right, double top, double bottom) {
        bounds = new Box(left, right, top, bottom);
    }

    void take(Box box) {
        taken.add(box);
    }

    /** The best place for a text of this size near a point; it is taken from now on. */
    Box place(double x, double y, double width, double height) {
        Box best = new Box(x + BESIDE, x + BESIDE + width, y - height / 2, y + height / 2);
        double least = Double.POSITIVE_INFINITY;
        for (double away : DISTANCES) {
            for (double left : new double[] {x + BESIDE, x - BESIDE - width, x - width / 2}) {
                Box box = new Box(left, left + width, y + away - height / 2, y + away + height / 2);
                double price = Math.abs(away) * PRICE_OF_DISTANCE + outside(box) * PRICE_OF_LEAVING + covered(box);
                if (price < least) {
                    least = price;
                    best = box;
                }
            }
        }
        taken.add(best);
        return best;
    }

    /** The place that covers least, the first of equal ones; it is taken from now on. */
    Box freest(List<Box> places) {
        Box best = places.get(0);
        for (Box place : places) {
            best = covered(place) < covered(best) ? place : best;
        }
        taken.add(best);
        return best;
    }

    private double covered(Box box) {
        double sum = 0;
        for (Box other : taken) {
            sum += box.overlap(other);
        }
        return sum;
    }

    private double outside(Box box) {
        return Math.max(0, bounds.left() - box.left())
                + Math.max(0, box.right() - bounds.right())
                + Math.max(0, bounds.top() - box.top())
                + Math.max(0, box.bottom() - bounds.bottom());
    }
}
