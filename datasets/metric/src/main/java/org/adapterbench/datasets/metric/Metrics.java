package org.adapterbench.datasets.metric;

import java.util.List;
import org.adapterbench.api.task.Metric;

/** The metrics by name; each one is larger for better predictions. */
public final class Metrics {

    /** Share of equal class numbers. */
    public static final Metric ACCURACY = new Accuracy();
    /** Matthews correlation; for more than two classes its generalisation R_K. */
    public static final Metric MATTHEWS = new MatthewsCorrelation();
    /** F1 of class 1, never the larger or the mean of the classes' values. */
    public static final Metric F1_POSITIVE = new PositiveF1();
    /** Unweighted mean of the F1 of each class that occurs in the predictions or in the answers. */
    public static final Metric MACRO_F1 = new MacroF1();
    /** Linear correlation. */
    public static final Metric PEARSON = new PearsonCorrelation();
    /** Rank correlation; equal values share the mean of their ranks. */
    public static final Metric SPEARMAN = new SpearmanCorrelation();

    private Metrics() {}

    /** All of them, in a fixed order. */
    public static List<Metric> all() {
        return List.of(ACCURACY, MATTHEWS, F1_POSITIVE, MACRO_F1, PEARSON, SPEARMAN);
    }
}
